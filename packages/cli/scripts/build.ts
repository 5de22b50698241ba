// Bundles the command line for publishing: `node scripts/build.ts [folder]`, `dist` unless told.
import { rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..')
const outdir = resolve(process.argv[2] ?? join(root, 'dist'))

/** Importing one of our packages does nothing, so what a command does not use of it is left out. */
const ownPackagesArePure: Plugin = {
  name: 'own-packages-are-pure',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@plexica\// }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === 'resolving') return undefined
      return { ...(await resolve(path, { ...rest, pluginData: 'resolving' })), sideEffects: false }
    })
  },
}

/**
 * Importing one of Node's own modules as ESM reads every one of its exports, and some open streams or load other
 * modules: that is a third of the start. `getBuiltinModule` gives the same object and reads nothing.
 */
const builtinsUnread: Plugin = {
  name: 'builtins-unread',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, importer, kind }) => {
      if (!isBuiltin(path)) return undefined
      // commander would need it for subcommands that are programs of their own. There are none.
      if (path === 'node:child_process' && importer.includes('/commander/')) return { path, namespace: 'unused' }
      const byName = path === 'node:util' && kind === 'import-statement'
      return { path, namespace: byName ? 'builtin-by-name' : 'builtin' }
    })
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {}' }))
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
    // To list what util exports loads half of it. A name that is missing here stops the build.
    onLoad({ filter: /./, namespace: 'builtin-by-name' }, ({ path }) => ({
      contents: ['inspect', 'promisify', 'stripVTControlCharacters', 'styleText']
        .map((name) => `export const ${name} = process.getBuiltinModule(${JSON.stringify(path)}).${name}`)
        .join('\n'),
    }))
  },
}

await rm(outdir, { recursive: true, force: true })
await build({
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
  minify: true,
  legalComments: 'external',
  external: ['esbuild'],
  plugins: [ownPackagesArePure, builtinsUnread],
})
