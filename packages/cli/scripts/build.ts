// Bundles the command line for publishing: `node scripts/build.ts [folder]`, `dist` unless told.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { extname, join, resolve } from 'node:path'
import { type BuildOptions, build, type Loader, type Metafile, type Plugin } from 'esbuild'
import { buildPageFiles } from '../src/dev/page-files.ts'

const root = join(import.meta.dirname, '..')
const outdir = resolve(process.argv[2] ?? join(root, 'dist'))

const options: BuildOptions = {
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts' },
  outdir,
  bundle: true,
  // A command's code stays in files of its own, which are read when it runs.
  splitting: true,
  chunkNames: 'chunk-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  // Some libraries' `main` is UMD, which cannot be bundled.
  mainFields: ['module', 'main'],
  external: ['esbuild'],
  legalComments: 'external',
}

/** Importing a module of our packages does nothing, so what a command does not use of them is left out. */
const ownPackagesArePure: Plugin = {
  name: 'own-packages-are-pure',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(@plexica\/|\.)/ }, async ({ path, pluginData, ...rest }) => {
      const own = path.startsWith('@plexica/') || /\/packages\/(api|inspect|manifest-schema)\/src\//.test(rest.importer)
      if (!own || pluginData === 'resolving') return undefined
      return { ...(await resolve(path, { ...rest, pluginData: 'resolving' })), sideEffects: false }
    })
  },
}

/** commander would need it for subcommands that are programs of their own. There are none. */
const noChildPrograms: Plugin = {
  name: 'no-child-programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/commander/') ? { path, namespace: 'none' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'export default {}' }))
  },
}

/**
 * esbuild makes a file for each set of modules that some lazy modules share, and every file costs half a millisecond
 * to load. Every lazy module imports the core here, so that the core is one file.
 */
function oneCore(lazy: ReadonlySet<string>): Plugin {
  const core = ['program', 'console', 'failure', 'finding-layout', 'output'].map((name) => `./src/${name}.ts`)
  const builtins = ['node:fs', 'node:path', 'node:util']
  const loaders: Record<string, Loader> = { '.ts': 'ts', '.js': 'js', '.mjs': 'js' }
  return {
    name: 'one-core',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^one-core$/ }, ({ path }) => ({ path, namespace: 'core' }))
      onLoad({ filter: /./, namespace: 'core' }, () => ({
        contents: [...core, ...builtins].map((path) => `import '${path}'`).join('\n'),
        resolveDir: root,
      }))
      onLoad({ filter: /./, namespace: 'file' }, async ({ path }) => {
        const loader = loaders[extname(path)]
        if (loader === undefined || !(lazy.has(path) || path === join(root, 'src/main.ts'))) return undefined
        return { contents: `${await readFile(path, 'utf8')}\nimport 'one-core'\n`, loader }
      })
    },
  }
}

/**
 * When ESM imports one of Node's own modules, every export of it is read, and some of those open streams or load other
 * modules: a third of the start. This takes from `getBuiltinModule` the names that are used and no others.
 */
function readOnlyUsed(names: ReadonlyMap<string, ReadonlySet<string>>): Plugin {
  return {
    name: 'read-only-used',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ path, kind }) => {
        if (!isBuiltin(path)) return undefined
        return { path, namespace: kind === 'require-call' ? 'builtin-whole' : 'builtin-used' }
      })
      onLoad({ filter: /./, namespace: 'builtin-whole' }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule('${path}')`,
      }))
      onLoad({ filter: /./, namespace: 'builtin-used' }, ({ path }) => {
        const named = [...(names.get(path) ?? [])].filter((name) => name !== 'default')
        return {
          contents: [
            `const whole = process.getBuiltinModule('${path}')`,
            'export default whole',
            ...named.map((name) => `export const ${name} = whole.${name}`),
          ].join('\n'),
        }
      })
    },
  }
}

/** The names that the bundle imports of each of Node's own modules, read from the imports that esbuild leaves in it. */
function namesOf(files: readonly { text: string }[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>()
  for (const { text } of files) {
    for (const [, braced = '', path = ''] of text.matchAll(/^import [^"]*?(?:\{([^}]*)\} )?from "([^"]+)";$/gm)) {
      if (!isBuiltin(path)) continue
      const known = names.get(path) ?? new Set()
      names.set(path, known)
      for (const item of braced.split(',')) if (item.trim() !== '') known.add(item.trim().split(' ')[0] as string)
    }
    // Of a module that is imported whole, what is read of it.
    for (const [, local = '', path = ''] of text.matchAll(/^import (?:\w+, )?\* as (\w+) from "([^"]+)";$/gm)) {
      if (!isBuiltin(path)) continue
      const known = names.get(path) ?? new Set()
      names.set(path, known)
      for (const [, name = ''] of text.matchAll(new RegExp(`\\b${local}\\.(\\w+)`, 'g'))) known.add(name)
    }
  }
  return names
}

/** Modules that are imported when they are needed, each of which begins a file of its own. */
function lazyModules({ inputs }: Metafile): Set<string> {
  const imports = Object.values(inputs).flatMap((input) => input.imports)
  const lazy = imports.filter(({ kind, external }) => kind === 'dynamic-import' && !external)
  return new Set(lazy.map(({ path }) => resolve(root, path)))
}

const basics = [ownPackagesArePure, noChildPrograms]
const draft = await build({ ...options, plugins: basics, write: false, metafile: true })
const plugins = [...basics, oneCore(lazyModules(draft.metafile)), readOnlyUsed(namesOf(draft.outputFiles))]
await rm(outdir, { recursive: true, force: true })
await build({ ...options, minify: true, plugins })

const page = join(outdir, 'preview-page')
await mkdir(page)
for (const [name, content] of await buildPageFiles()) await writeFile(join(page, name), content)
