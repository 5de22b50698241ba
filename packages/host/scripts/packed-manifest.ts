// `npm pack` takes package.json as it stands, while here `exports` lead to the sources: before packing they are made what
// `publishConfig` says, as pnpm does by itself, and after it they are what they were.
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, '../package.json')
const kept = join(import.meta.dirname, '../node_modules/.package.json')

if (process.argv[2] === 'restore') {
  renameSync(kept, file)
} else {
  copyFileSync(file, kept)
  const { publishConfig, ...manifest } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, `${JSON.stringify({ ...manifest, exports: publishConfig.exports }, null, 2)}\n`)
}
