import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, type Ended, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

const folder = join(import.meta.dirname, '../schemas')
let registry: RegistryWithPeople
let author: Machine
let desk: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  author = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  desk = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.root.key })
})
afterAll(async () => {
  await author?.close()
  await desk?.close()
  await registry?.stop()
})

/** The same schema, by which an answer may have nothing that is not described. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const all = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in all && !('additionalProperties' in all) ? { ...all, additionalProperties: false } : all
}

const checked = new Set<string>()

/** Whether what a run printed is what the schema of its command says. Gives the answer. */
async function fits(command: string, run: Ended) {
  const file = `${command.replace(' ', '-')}.schema.json`
  const schema = JSON.parse(await readFile(join(folder, file), 'utf8'))
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(closed(schema) as object)
  const answer = answerOf(run)
  expect(validate(answer), JSON.stringify([validate.errors, answer], null, 2)).toBe(true)
  checked.add(file)
  return answer
}

test('every answer is as its schema says, and every schema is met by an answer', async () => {
  const cwd = await author.plugin('shaped-card')
  const publish = (...args: string[]) => author.run(['publish', '--json', ...args], { cwd })
  const review = (...args: string[]) => desk.run(['review', ...args, '--json'])

  await fits('publish', await publish('--dry-run', '--offline'))
  await fits('publish', await publish('--dry-run'))
  const draft = await fits('publish', await publish('--draft'))
  expect(draft.status).toBe('draft')
  const { submission } = await fits('submit', await author.run(['submit', 'shaped-card@0.1.0', '--json']))
  await fits('submit', await author.run(['submit', 'shaped-card@7.0.0', '--json']))
  expect((await fits('review list', await review('list'))).total).toBe(1)
  await fits('review claim', await review('claim', submission))
  await fits('review release', await review('release', submission))
  await fits('review show', await review('show', submission))
  await fits('review diff', await review('diff', submission))
  const rejected = await review('reject', submission, 'nobody', '--reason', 'No', '--point', 'README.md: More words')
  expect((await fits('review reject', rejected)).decisions).toHaveLength(2)
  expect((await fits('publish', await publish())).error.code).toBe('submission_rejected')

  await writeFile(join(cwd, 'README.md'), '# Shaped card\n\nIt has more words than it had before.\n')
  const second = await fits('publish', await publish())
  const shown = await fits('review show', await review('show', second.submission))
  expect(shown.resubmission.points).toHaveLength(1)
  await fits('review approve', await review('approve', second.submission))
  await fits('publish', await publish())
  await writeFile(join(cwd, 'README.md'), '# Shaped card\n\nIt has other words by now.\n')
  const third = await fits('publish', await publish('--version', '0.2.0'))
  await fits('review show', await review('show', third.submission))
  const diff = await fits('review diff', await review('diff', third.submission))
  expect(diff.base.version).toBe('0.1.0')
  await fits('publish', await publish('--version', 'x'))

  expect([...checked].toSorted()).toEqual((await readdir(folder)).toSorted())
})
