// Builds the pages into `dist`, with a brotli and a gzip file beside each file that becomes smaller by them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

const root = join(import.meta.dirname, '..')
await build({ root, logLevel: 'warn' })

const folder = join(root, 'dist')
for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|css|html|svg|txt)$/.test(path)) continue
  const bytes = readFileSync(join(folder, path))
  const packed = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    gz: gzipSync(bytes, { level: 9 }),
  }
  for (const [ending, smaller] of Object.entries(packed)) {
    if (smaller.length < bytes.length) writeFileSync(join(folder, `${path}.${ending}`), smaller)
  }
}
