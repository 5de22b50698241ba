// `pnpm dry-equals-real`: 240 plugins, good and bad, whose dry run and publish have to end alike. `npm test` takes 48.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'all',
  'packages/cli/test/dry-equals-real.test.ts',
]
const env = { DRY_EQUALS_REAL_PLUGINS: '240', ...process.env }
process.exitCode = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit', env }).status ?? 1
