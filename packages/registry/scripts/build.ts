// Bundles the registry for publishing, with the pages where they are built: `node scripts/build.ts [folder]`, `dist`
// unless told.
import { existsSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const outdir = resolve(process.argv[2] ?? join(root, 'dist'))

await rm(outdir, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts', 'inspect-worker': 'src/publishing/inspect-worker.ts' },
  outdir,
  bundle: true,
  // What only some registries need, such as the S3 client, stays in files of its own.
  splitting: true,
  chunkNames: 'chunk-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  // Some libraries' `main` is UMD, which cannot be bundled.
  mainFields: ['module', 'main'],
  // CommonJS libraries ask for Node's modules by `require`, which ESM does not have by itself.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  // Native code is loaded from its package; loggers start their workers from files of their own.
  external: ['better-sqlite3', 'pino'],
  legalComments: 'external',
  // The source's text stays in memory. Names stay as they are, for errors; shorter ones cost more than they save.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  sourcesContent: false,
})

const pages = join(root, '../web/dist')
if (existsSync(pages)) await cp(pages, join(outdir, 'web'), { recursive: true })
