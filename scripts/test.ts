// `npm test`: the checks, then every test with coverage, then one plain line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const minimumLines = 85
const covered = ['manifest-schema', 'inspect', 'registry']

const scratch = mkdtempSync(join(tmpdir(), 'plexica-test-'))
const results = join(scratch, 'results.json')
const run = (args: string[]) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1

let passed = 0
let failed = 0
try {
  count(run(['scripts/check.ts']) === 0)
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--coverage',
    `--coverage.reportsDirectory=${scratch}/coverage`,
  ]
  const status = run([
    ...vitest,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ])
  const report = readJson<{ numPassedTests: number; numFailedTests: number; numPendingTests: number }>(results)
  passed += report?.numPassedTests ?? 0
  failed += report?.numFailedTests ?? 0
  if (report?.numPendingTests) console.log(`${report.numPendingTests} tests were skipped`)
  // A file that cannot be loaded, or an error between tests, fails the run without failing a test.
  if (status !== 0 && !report?.numFailedTests) failed++
  if (process.argv.length === 2) count(coverageIsHighEnough())
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function count(ok: boolean): void {
  if (ok) passed++
  else failed++
}

function coverageIsHighEnough(): boolean {
  type Lines = { lines: { total: number; covered: number } }
  const files = readJson<Record<string, Lines>>(join(scratch, 'coverage/coverage-summary.json')) ?? {}
  const low = covered.filter((name) => {
    const own = Object.entries(files).filter(([file]) => file.includes(`/packages/${name}/`))
    const sum = (key: 'total' | 'covered') => own.reduce((all, [, { lines }]) => all + lines[key], 0)
    const percent = (100 * sum('covered')) / sum('total')
    console.log(`coverage of lines  ${name.padEnd(16)} ${percent.toFixed(1)} %`)
    return !(percent >= minimumLines)
  })
  if (low.length > 0) console.log(`below ${minimumLines} %: ${low.join(', ')}`)
  return low.length === 0
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
