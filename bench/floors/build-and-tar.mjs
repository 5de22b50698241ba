// The least program that does a dry run's work: esbuild's build() and tar, in one process.
//   node build-and-tar.mjs PLUGIN OUT.tar.gz
import { copyFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(new URL('../../packages/cli/package.json', import.meta.url))
const { build } = require('esbuild')
const { create } = require('tar')

const [plugin, out] = process.argv.slice(2)
const folder = `${out}.d`
mkdirSync(folder, { recursive: true })
await build({
  entryPoints: { bundle: join(plugin, 'src/index.tsx') },
  outdir: join(folder, 'dist'),
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: true,
  sourcemap: true,
  jsx: 'automatic',
  external: ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'],
})
for (const file of ['manifest.json', 'README.md', 'CHANGELOG.md', 'LICENSE'])
  copyFileSync(join(plugin, file), join(folder, file))
await create({ gzip: true, cwd: folder, file: out, portable: true }, ['.'])
