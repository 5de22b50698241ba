// Everything that can be said of the code without running it: types, lint and import arrows, stale generated files.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { staleFiles } from './generated-files.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
let failed = 0

function run(title: string, command: string, args: string[]): void {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  report(title, status === 0 ? '' : `${stdout}${stderr}`, started)
}

function report(title: string, problems: string, started: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${problems ? '✗' : '✓'} ${title} (${seconds} s)`)
  if (!problems) return
  failed++
  console.log(problems)
}

run('types: packages that run on Node', bin('tsc'), ['-p', 'tsconfig.json'])
run('types: packages that run in a page', bin('tsc'), ['-p', 'tsconfig.browser.json'])
run('format, lint and import arrows', bin('biome'), ['check', '--error-on-warnings', '.'])
const started = performance.now()
const stale = await staleFiles()
report('generated files are fresh', stale.map(({ path }) => `${path} is stale: pnpm generate`).join('\n'), started)
process.exitCode = failed > 0 ? 1 : 0
