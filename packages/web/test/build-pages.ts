import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The pages as people get them: built, not served from their sources. */
export default function buildPages(): void {
  const program = join(import.meta.dirname, '../scripts/build.ts')
  const { status, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the pages cannot be built:\n${stderr}`)
}
