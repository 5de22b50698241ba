// Bundles the command line for publishing: `node scripts/build.ts [folder]`, `dist` unless told.
import { rm } from 'node:fs/promises'
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
  minify: true,
  legalComments: 'external',
  // Libraries in CommonJS ask for Node's own modules by `require`.
  banner: { js: "import{createRequire as requireFor}from'node:module';const require=requireFor(import.meta.url);" },
  external: ['esbuild'],
  plugins: [ownPackagesArePure],
})
