import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openGate } from './gate.ts'
import { answerOf, changeJson, contentOf, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
let machine: Machine
let gate: Awaited<ReturnType<typeof openGate>>
let plugin: string
/** Written by the plugin's tests while they hang: their process id, then a sign of life every 50 ms. */
let hanging: string

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  gate = await openGate(registry.url)
  machine = await openMachine({ PLEXICA_API_KEY: registry.ann.key })
  plugin = await machine.plugin('steady-card')
  hanging = join(machine.folder, 'hanging')
  await writeFile(
    join(plugin, 'hang.mjs'),
    `import { appendFileSync } from 'node:fs'
const file = process.env.HANG
if (file) {
  appendFileSync(file, process.pid + ' ')
  setInterval(() => appendFileSync(file, '.'), 50)
  setTimeout(process.exit, 20_000)
}
`,
  )
  await changeJson(join(plugin, 'package.json'), { scripts: { test: 'node hang.mjs' } })
})

afterAll(async () => {
  await gate?.close()
  await machine?.close()
  await registry?.stop()
})

interface Moment {
  name: string
  /** The step whose end is waited for, or the place where the gate or the plugin's tests hold the run. */
  after?: string
  at?: 'account' | 'upload' | 'answer' | 'tests'
}

/** One in each step, and two in the upload: the registry has half of the package, or has answered already. */
const moments: Moment[] = [
  { name: 'account', at: 'account' },
  { name: 'check', after: 'Account' },
  { name: 'build', after: 'Check' },
  { name: 'test', at: 'tests' },
  { name: 'pack', after: 'Test' },
  { name: 'inspect', after: 'Pack' },
  { name: 'upload', at: 'upload' },
  { name: 'answer', at: 'answer' },
  { name: 'wait', after: 'Upload' },
]

/** Publishes until the moment has come, and ends the run there. */
async function interrupt({ after, at }: Moment, version: string, signal: 'SIGINT' | 'SIGKILL') {
  await rm(hanging, { force: true })
  const step = (title: string) => new RegExp(`^✔ ${title} `, 'm')
  let reached: () => void = () => undefined
  const shown = new Promise<void>((resolve) => {
    reached = resolve
  })
  // Before the upload nothing may reach the registry but the question who asks: the run never gets further than wanted.
  const barrier = at === 'account' || at === 'answer' ? at : after === 'Upload' ? undefined : 'upload'
  if (barrier === undefined) gate.lift()
  const held = barrier && gate.stopAt(barrier)
  const { child, ended } = machine.start(['publish', '--json', '--wait', '--version', version], {
    cwd: plugin,
    env: { PLEXICA_API_URL: gate.url, ...(at === 'tests' ? { HANG: hanging } : {}) },
    onStderr: (text) => {
      if (after !== undefined && step(after).test(text)) reached()
    },
  })
  if (at === 'tests') await expect.poll(() => existsSync(hanging), { timeout: 20_000, interval: 20 }).toBe(true)
  else await (after === undefined ? held : shown)
  const began = performance.now()
  child.kill(signal)
  const run = await ended
  return { ...run, endedIn: performance.now() - began }
}

const staged = () => readdir(join(registry.blobs, '.staging'))

test.each(moments.map((moment, index) => ({ ...moment, version: `1.0.${index}` })))(
  'ended in the step $name, a publish leaves nothing behind and is taken up by the next one',
  async (moment) => {
    const { version } = moment
    const before = await contentOf(plugin)

    const interrupted = await interrupt(moment, version, 'SIGINT')
    expect(interrupted.stderr).toContain('Interrupted.')
    expect(interrupted.status, interrupted.stderr).toBe(130)
    expect(answerOf(interrupted).error).toMatchObject({
      code: 'interrupted',
      fix: expect.stringContaining('same command'),
    })
    expect(interrupted.endedIn).toBeLessThan(5_000)
    expect(await contentOf(plugin)).toEqual(before)
    expect(await machine.leftovers()).toEqual([])
    if (moment.at === 'tests') {
      const signs = await readFile(hanging, 'utf8')
      await sleep(500)
      expect(await readFile(hanging, 'utf8')).toBe(signs)
    }

    const killed = await interrupt(moment, version, 'SIGKILL')
    expect(killed.signal).toBe('SIGKILL')
    expect(await contentOf(plugin)).toEqual(before)
    expect(await machine.leftovers()).toEqual([])
    // Nobody can end what a killed program has started.
    if (moment.at === 'tests') process.kill(Number.parseInt(await readFile(hanging, 'utf8'), 10), 'SIGKILL')

    const wasSubmitted = (await registry.submissionsOf('steady-card')).some((one) => one.version === version)
    expect(wasSubmitted).toBe(moment.at === 'answer' || moment.name === 'wait')

    const again = await machine.run(['publish', '--json', '--version', version], {
      cwd: plugin,
      env: { PLEXICA_API_URL: registry.url },
    })
    expect(again.status, again.stderr).toBe(0)
    const answer = answerOf(again)
    expect(answer).toMatchObject({ version, status: 'pending_review', created: !wasSubmitted })
    const submissions = (await registry.submissionsOf('steady-card')).filter((one) => one.version === version)
    expect(submissions).toMatchObject([{ id: answer.submission, state: 'pending_review', digest: answer.digest }])
    await expect.poll(staged, { timeout: 10_000 }).toEqual([])
  },
)
