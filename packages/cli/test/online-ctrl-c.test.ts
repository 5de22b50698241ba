import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Barrier, openGate } from './gate.ts'
import { answerOf, changeJson, contentOf, type Machine, openMachine } from './machine.ts'
import { onTerminal } from './on-terminal.ts'
import { publishGood } from './publish-good.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
let machine: Machine
let gate: Awaited<ReturnType<typeof openGate>>
let plugin: string

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  gate = await openGate(registry.url)
  machine = await openMachine({ PLEXICA_API_KEY: registry.ann.key })
  plugin = await machine.plugin('left-card')
  const env = { PLEXICA_API_URL: registry.url }
  const first = answerOf(await machine.run(['publish', '--json'], { cwd: plugin, env }))
  await registry.root.client.approveSubmission({ params: { submissionId: first.submission } })
  await writeFile(
    join(plugin, 'hang.mjs'),
    `import { appendFileSync } from 'node:fs'
if (process.env.HANG) {
  appendFileSync(process.env.HANG, String(process.pid))
  setTimeout(process.exit, 20_000)
}
`,
  )
  await changeJson(join(plugin, 'package.json'), { scripts: { test: 'node hang.mjs' } })
  const configSchema = {
    type: 'object' as const,
    properties: {
      goal: { type: 'integer' as const, title: 'Orders wanted' },
      token: { type: 'string' as const, title: 'Token of the shop', secret: true },
    },
    required: ['goal', 'token'],
  }
  for (const version of ['1.0.0', '1.1.0']) await publishGood(registry, { manifest: { version, configSchema } })
})

afterAll(async () => {
  await gate?.close()
  await machine?.close()
  await registry?.stop()
})

const ctrlC = '\u0003'
type Answers = Parameters<typeof onTerminal>[2]

/** How a program that was left has to look: it says so, without a stack, and the cursor is there again. */
function expectLeft({ status, screen }: { status: number | null; screen: string }): void {
  expect(status, screen).toBe(130)
  expect(screen.match(/Interrupted\./g), screen).toHaveLength(1)
  expect(screen).not.toMatch(/^\s+at /m)
  expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(screen.lastIndexOf('\u001b[?25l'))
}

interface Moment {
  name: string
  answers: Answers
  /** Where the gate holds the run; Ctrl-C is pressed when something stands there, in the place of the last answer. */
  at?: Barrier
  /** Whether the registry has the submission by then. */
  sent?: boolean
  hangs?: boolean
}

const chosen: Answers = [
  ['Version (the last release is 0.1.0)', '\r'],
  ['What is new in', 'Words.\r'],
]
const moments: Moment[] = [
  { name: 'the question who asks', at: 'account', answers: [['Publishing to', '']] },
  { name: 'the tests', hangs: true, answers: [['Build', '']] },
  { name: 'the version', answers: [['Version (the last release is 0.1.0)', ctrlC]] },
  {
    name: 'another version',
    answers: [
      [chosen[0]?.[0] ?? '', '\u001b[A\u001b[A\r'],
      ['Which version?', ctrlC],
    ],
  },
  { name: 'the changelog', answers: [...chosen.slice(0, 1), ['What is new in', `Half a w${ctrlC}`]] },
  { name: 'the confirmation', answers: [...chosen, ['Submit left-card 0.1.1', ctrlC]] },
  { name: 'the upload', at: 'upload', answers: [...chosen, ['Submit left-card 0.1.1', '\r'], ['Yes', '']] },
  { name: 'the answer', at: 'answer', sent: true, answers: [...chosen, ['Submit left-card 0.1.1', '\r'], ['Yes', '']] },
  { name: 'the wait', sent: true, answers: [...chosen, ['Submit left-card 0.1.1', '\r'], ['waiting', ctrlC]] },
]

test.each(moments)(
  'Ctrl-C at $name of a publish leaves nothing half done',
  async ({ answers = [], at, sent, hangs }) => {
    const hanging = join(machine.folder, 'hanging')
    await rm(hanging, { force: true })
    const before = await contentOf(plugin)
    const submissions = async () =>
      (await registry.submissionsOf('left-card')).filter(({ version }) => version !== '0.1.0')
    const had = (await submissions()).length
    const held = at && gate.stopAt(at)
    if (!at) gate.lift()
    const last = answers.at(-1)
    const press = async () => {
      if (held) await held
      if (hangs) await expect.poll(() => existsSync(hanging), { timeout: 20_000 }).toBe(true)
      return ctrlC
    }
    const typed: Answers = last && (at || hangs) ? [...answers.slice(0, -1), [last[0], press]] : answers
    const env = { PLEXICA_API_URL: gate.url, ...(hangs ? { HANG: hanging } : {}) }
    expectLeft(await onTerminal(machine, ['publish', '--wait'], typed, { cwd: plugin, env }))
    expect(await contentOf(plugin)).toEqual(before)
    expect(await machine.leftovers()).toEqual([])
    expect((await submissions()).length - had).toBe(sent && had === 0 ? 1 : 0)
    if (hangs) {
      const pid = Number.parseInt(await readFile(hanging, 'utf8'), 10)
      await expect.poll(() => isRunning(pid)).toBe(false)
    }
  },
)

const wizard: Answers = [
  ['Version', '\r'],
  ['Orders wanted', '5\r'],
  ['Token of the shop', 'a-token\r'],
  ['Grant orders:read', 'y\r'],
  ['Install Greeting card for acme?', '\r'],
]

test.each(wizard.map(([question], index) => ({ question, index })))(
  'Ctrl-C at “$question” of an installation installs nothing',
  async ({ question, index }) => {
    gate.lift()
    const left = await onTerminal(
      machine,
      ['install', 'greeting-card'],
      [...wizard.slice(0, index), [question, ctrlC]],
      { env: { PLEXICA_API_URL: gate.url, PLEXICA_API_KEY: registry.ada.key, PLEXICA_TENANT: 'acme' } },
    )
    expectLeft(left)
    expect(left.screen).not.toContain('a-token')
    const { installations } = await registry.ada.client.listInstallations({ params: { tenantId: 'acme' } })
    expect(installations).toEqual([])
    expect(await machine.leftovers()).toEqual([])
  },
)

test('Ctrl-C while the registry installs ends at once, and the same command ends in the same installation', async () => {
  const env = { PLEXICA_API_URL: gate.url, PLEXICA_API_KEY: registry.ada.key, PLEXICA_TENANT: 'acme' }
  const held = gate.stopAt('answer')
  const last: NonNullable<Answers>[number] = ['Yes', async () => held.then(() => ctrlC)]
  expectLeft(await onTerminal(machine, ['install', 'greeting-card'], [...wizard, last], { env }))
  gate.lift()
  const again = await onTerminal(machine, ['install', 'greeting-card'], [], { env })
  expect(again.status, again.screen).toBe(0)
  const { installations } = await registry.ada.client.listInstallations({ params: { tenantId: 'acme' } })
  expect(installations).toMatchObject([
    { pluginId: 'greeting-card', secrets: ['token'], grantedPermissions: ['orders:read'] },
  ])
})

/** A process that has ended stays in the list of Linux until somebody asks for its end. */
function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/stat`
  return existsSync(file) && !/\) Z /.test(readFileSync(file, 'utf8'))
}
