// Writes every file that is made from declarations. `pnpm check` fails while one of them is stale.
import { writeFileSync } from 'node:fs'
import { staleFiles } from './generated-files.ts'

const stale = await staleFiles()
for (const { path, content } of stale) {
  writeFileSync(path, content)
  console.log(`wrote ${path}`)
}
if (stale.length === 0) console.log('everything is fresh')
