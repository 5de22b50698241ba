// Builds the pages into `dist`, or the folder that is named, with a brotli and a gzip file beside each file that becomes smaller by them.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

// Whoever runs tests gets what people get: React's own development build is slower and larger.
process.env.NODE_ENV = 'production'
const root = join(import.meta.dirname, '..')
const [, , named] = process.argv
const folder = named ?? join(root, 'dist')
// Moved into place whole: a registry may be reading the pages that were built before.
const staging = join(named ? dirname(named) : join(root, 'node_modules'), `.build-${process.pid}`)
try {
  // One after the other, so that they share nothing: the frame shows what nobody has approved yet.
  for (const page of ['index.html', 'preview.html']) {
    await build({
      root,
      logLevel: 'warn',
      build: { outDir: staging, emptyOutDir: false, rolldownOptions: { input: join(root, page) } },
    })
  }
  for (const path of readdirSync(staging, { recursive: true, encoding: 'utf8' })) {
    if (/\.(js|css|html|svg|txt)$/.test(path)) compress(join(staging, path))
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(staging, folder)
} finally {
  rmSync(staging, { recursive: true, force: true })
}

function compress(path: string): void {
  const bytes = readFileSync(path)
  const smaller = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    gz: gzipSync(bytes, { level: 9 }),
  }
  for (const [ending, encoded] of Object.entries(smaller)) {
    if (encoded.length < bytes.length) writeFileSync(`${path}.${ending}`, encoded)
  }
}
