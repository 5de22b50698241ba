import { existsSync, readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examplePlugins, examples } from '../../../scripts/example-plugins.ts'
import { answerOf, contentOf, type Machine, openMachine } from './machine.ts'
import { writePlugin } from './small-plugin.ts'

const names = examplePlugins()

let machine: Machine
let count = 0
let requests = 0
const listener = createServer((_, answer) => {
  requests++
  answer.end()
})

beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  machine = await openMachine({ PLEXICA_API_URL: `http://127.0.0.1:${port}`, PLEXICA_API_KEY: 'plx_nobody' })
})
afterAll(async () => {
  listener.close()
  await machine.close()
})

const place = () => join(machine.work, `plugin-${count++}`)
const dryRun = (folder: string, ...args: string[]) =>
  machine.run(['publish', folder, '--dry-run', '--offline', '--json', ...args])
const withTest = (test: string, more: Record<string, string> = {}) => ({
  files: { 'package.json': JSON.stringify({ type: 'module', scripts: { test } }), ...more },
})

test.each(names)('%s would be accepted', async (name) => {
  const before = await readdir(join(examples, name))
  const run = await dryRun(join(examples, name), '--skip-tests')
  expect(run.status, run.stderr).toBe(0)
  const answer = answerOf(run)
  expect(answer).toMatchObject({
    status: 'dry-run',
    dryRun: true,
    verdict: null,
    id: name,
    digest: expect.stringMatching(/^sha256-[0-9a-f]{64}$/),
    packedBytes: expect.any(Number),
    unpackedBytes: expect.any(Number),
  })
  expect(answer.findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([])
  expect(answer.files).toContainEqual({ path: 'dist/bundle.js', bytes: expect.any(Number) })
  expect(await readdir(join(examples, name))).toEqual(before)
})

test('an offline dry run asks nobody, needs no key and leaves the folder as it was', async () => {
  const folder = await writePlugin(place())
  const before = await contentOf(folder)
  const { status, stdout, stderr } = await machine.run(['publish', '--dry-run', '--offline'], {
    cwd: folder,
    env: { PLEXICA_API_KEY: '' },
  })
  expect(status).toBe(0)
  expect(stderr.split('\n')[0]).toBe('DRY RUN without the registry')
  expect(stderr).toMatch(/✔ Check .+small-plugin 1\.2\.3\n✔ Build .+\n- Test .+no tests\n✔ Pack .+\n✔ Inspect .+\n/)
  expect(stdout).toMatch(/small-plugin 1\.2\.3 {2}[\d.]+ kB\n {2}sha256-[0-9a-f]{64}\n/)
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('DRY RUN done. Nothing was sent. `plexica publish` submits it.')
  expect(await contentOf(folder)).toEqual(before)
  expect(await machine.leftovers()).toEqual([])
  expect(requests).toBe(0)
})

test('the digest is that of the package that pack writes', async () => {
  const folder = await writePlugin(place())
  const dry = answerOf(await dryRun(folder))
  const packed = answerOf(await machine.run(['pack', folder, '--json']))
  for (const name of ['digest', 'files', 'packedBytes', 'unpackedBytes'] as const)
    expect(dry[name]).toEqual(packed[name])
})

test('tests that pass are run in the plugin’s folder', async () => {
  const folder = await writePlugin(
    place(),
    withTest('node --test', {
      'own.test.js':
        "import test from 'node:test'\nimport assert from 'node:assert'\nimport { existsSync } from 'node:fs'\ntest('here', () => assert.ok(existsSync('manifest.json')))\n",
    }),
  )
  const { status, stderr } = await dryRun(folder)
  expect(status).toBe(0)
  expect(stderr).toMatch(/✔ Test .+passed/)
})

test('tests that fail stop the publish and show what they wrote', async () => {
  const folder = await writePlugin(
    place(),
    withTest('node --test', {
      'own.test.js': "import test from 'node:test'\ntest('red', () => { throw new Error('the card is green') })\n",
    }),
  )
  const run = await dryRun(folder)
  expect(run.status).toBe(9)
  expect(answerOf(run).error).toMatchObject({ code: 'tests_failed', message: 'The tests ended with exit code 1.' })
  expect(run.stderr).toContain('the card is green')
  expect(run.stderr).toContain('✖ Test')
  const skipped = await dryRun(folder, '--skip-tests')
  expect(skipped.status).toBe(0)
  expect(skipped.stderr).toContain('left out by --skip-tests')
})

test('tests that hang are ended, with all that they started', async () => {
  const folder = await writePlugin(
    place(),
    withTest('node hang.js', {
      'hang.js':
        "import { spawn } from 'node:child_process'\nimport { writeFileSync } from 'node:fs'\nconst child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })\nwriteFileSync('pids.json', JSON.stringify([process.pid, child.pid]))\nconsole.log('waiting for nothing')\nsetInterval(() => {}, 1000)\n",
      'plexica.config.json': '{ "testTimeout": 1.5 }',
    }),
  )
  const run = await dryRun(folder)
  expect(run.status).toBe(9)
  expect(answerOf(run).error).toMatchObject({
    code: 'tests_timed_out',
    message: expect.stringContaining('1.5 seconds'),
  })
  expect(run.stderr).toContain('waiting for nothing')
  expect(run.milliseconds).toBeLessThan(15_000)
  const { default: pids } = await import(join(folder, 'pids.json'), { with: { type: 'json' } })
  for (const pid of pids) await expect.poll(() => isRunning(pid)).toBe(false)
})

test.each([
  ['what npm writes for none', 'echo "Error: no test specified" && exit 1'],
  ['nothing', ''],
])('%s counts as no tests', async (_, script) => {
  const { status, stderr } = await dryRun(await writePlugin(place(), withTest(script)))
  expect(status).toBe(0)
  expect(stderr).toMatch(/- Test .+no tests/)
})

test('a package.json that cannot be read is a failure of the build', async () => {
  const run = await dryRun(await writePlugin(place(), { files: { 'package.json': '{ "scripts":' } }))
  expect(run.status).toBe(9)
  expect(answerOf(run).error.findings).toContainEqual(expect.objectContaining({ path: 'package.json', line: 1 }))
})

test('a build that fails ends the tests that run beside it', async () => {
  const folder = await writePlugin(
    place(),
    withTest('node --eval "setInterval(() => {}, 1000)"', { 'src/words.ts': 'export const words = (\n' }),
  )
  const run = await dryRun(folder)
  expect(run.status).toBe(9)
  expect(answerOf(run).error.code).toBe('build_failed')
  expect(run.milliseconds).toBeLessThan(15_000)
})

test('what the registry would refuse is refused here, with its findings', async () => {
  const folder = await writePlugin(place())
  await writeFile(join(folder, 'src/words.ts'), "export const words = String(eval('1 + 1'))\n")
  const run = await dryRun(folder)
  expect(run.status).toBe(3)
  const { error } = answerOf(run)
  expect(error.code).toBe('package_refused')
  expect(error.findings).toContainEqual(expect.objectContaining({ severity: 'error', path: 'dist/bundle.js' }))
  expect(run.stderr).toContain('error')
})

test('a program that is no terminal is never asked', async () => {
  const folder = await writePlugin(place())
  const { status, stderr } = await machine.run(['publish', folder], {
    env: { PLEXICA_API_KEY: '' },
    stdin: 'y\ny\ny\n',
  })
  expect(status).toBe(4)
  expect(stderr).toContain('There is no key for')
  expect(stderr).toContain('plexica login')
  expect(requests).toBe(0)
})

/** A process that has ended stays in the list of Linux until somebody asks for its end. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
