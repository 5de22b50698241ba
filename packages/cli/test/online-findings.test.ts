import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
let machine: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  machine = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ben.key })
  const cwd = await machine.plugin('sales-board')
  const sent = await machine.run(['publish', '--json', '--api-key', registry.ann.key], { cwd })
  expect(sent.status, sent.stderr).toBe(0)
  const { version, digest } = answerOf(sent)
  await registry.root.client.approveVersion({ params: { pluginId: 'sales-board' }, body: { version, digest } })
})

afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

type Codes = { code: string }[]
const codesOf = (findings: Codes) => findings.map(({ code }) => code)

test('a publish shows what only the registry finds, and a dry run shows it before', async () => {
  const cwd = await machine.plugin('sales-boards')
  const message = 'The id sales-boards is easily taken for sales-board.'
  const local = await machine.run(['publish', '--dry-run', '--offline', '--json'], { cwd })
  expect(codesOf(answerOf(local).findings)).not.toContain('name-resembles')
  const dry = await machine.run(['publish', '--dry-run', '--json'], { cwd })
  expect(dry.status, dry.stderr).toBe(0)
  expect(dry.stderr).toContain(message)
  const sent = await machine.run(['publish', '--json'], { cwd })
  expect(sent.status, sent.stderr).toBe(0)
  expect(sent.stderr).toContain(message)
  expect(codesOf(answerOf(sent).findings)).toContain('name-resembles')
  expect(answerOf(sent).findings).toEqual(answerOf(dry).findings)
  const words = await machine.run(['publish'], { cwd })
  expect(words.stdout.split(message)).toHaveLength(2)
})

test('a dry run that is refused shows the code, the sentence and what to do, as the real run does', async () => {
  const cwd = await machine.plugin('salesboard')
  const dry = await machine.run(['publish', '--dry-run', '--json'], { cwd })
  const real = await machine.run(['publish', '--json'], { cwd })
  expect([dry.status, real.status]).toEqual([5, 5])
  const { code, message, fix } = answerOf(real).error
  expect(code).toBe('id_looks_taken')
  expect(answerOf(dry).error).toMatchObject({ code, message, fix })
  expect(dry.stderr).toContain(message)
  expect(dry.stderr).toContain(fix)
})
