import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { writePlugin } from './small-plugin.ts'

let machine: Machine
let count = 0
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

const place = () => join(machine.work, `plugin-${count++}`)

/** Runs a command and sends a signal when its words on the way have come so far. */
async function interrupt(args: string[], cwd: string, after: RegExp, signal: NodeJS.Signals = 'SIGINT') {
  let sent = false
  const { child, ended } = machine.start(args, {
    cwd,
    onStderr: (words) => {
      if (sent || !after.test(words)) return
      sent = true
      child.kill(signal)
    },
  })
  const run = await ended
  expect(sent, run.stderr).toBe(true)
  return run
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s while the tests run ends them too', async (signal) => {
  const folder = await writePlugin(place(), {
    files: {
      'package.json': '{ "scripts": { "test": "node hang.cjs" } }',
      'hang.cjs': "require('node:fs').writeFileSync('pid', String(process.pid))\nsetInterval(() => {}, 1000)\n",
    },
  })
  const started = machine.start(['publish', '--dry-run', '--offline', '--json'], { cwd: folder })
  await expect.poll(() => existsSync(join(folder, 'pid')), { timeout: 20_000 }).toBe(true)
  started.child.kill(signal)
  const run = await started.ended
  expect(run.status).toBe(130)
  expect(answerOf(run).error.code).toBe('interrupted')
  expect(run.stderr).not.toMatch(/^\s+at /m)
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
  await expect.poll(() => isRunning(pid)).toBe(false)
})

test('a package is written whole or not at all', async () => {
  const folder = await writePlugin(place(), {
    files: { 'assets/large.txt': 'a word and another one\n'.repeat(2_000_000) },
  })
  const before = (await readdir(folder)).toSorted()
  const run = await interrupt(['pack'], folder, /✔ Check/)
  expect(run.status).toBe(130)
  expect(run.stderr).toContain('Interrupted.')
  expect((await readdir(folder)).toSorted()).toEqual(before)
  expect(await machine.leftovers()).toEqual([])
})

test('a build is written whole or not at all', async () => {
  const folder = await writePlugin(place(), { files: { 'dist/bundle.js': 'the last build' } })
  const run = await interrupt(['build'], folder, /✔ Check/)
  const left = (await readdir(join(folder, 'dist'))).toSorted()
  if (run.status === 130) expect(left).toEqual(['bundle.js'])
  else expect(left).toEqual(['bundle.js', 'bundle.js.map'])
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
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
