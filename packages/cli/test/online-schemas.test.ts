import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { commands } from '../src/command-list.ts'
import { answerOf, type Ended, keepSecret, type Machine, openMachine } from './machine.ts'
import { publishGood } from './publish-good.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

const folder = join(import.meta.dirname, '../schemas')
let registry: RegistryWithPeople
let author: Machine
let desk: Machine
let tenant: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  author = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  desk = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.root.key })
  const { ada } = registry
  tenant = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: ada.key, PLEXICA_TENANT: 'acme' })
})
afterAll(async () => {
  await author?.close()
  await desk?.close()
  await tenant?.close()
  await registry?.stop()
})

/** The same schema, by which an answer may have nothing that is not described. A condition describes a part alone. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const all = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, key === 'if' || key === 'then' ? value : closed(value)]),
  )
  return 'properties' in all && !('additionalProperties' in all) ? { ...all, additionalProperties: false } : all
}

const fileOf = (command: string) => `${command.replace(' ', '-')}.schema.json`
const checked = new Set<string>()

/** Whether what a run printed is what the schema of its command says. Gives the answer. */
async function fits(command: string, run: Ended) {
  const file = fileOf(command)
  const schema = JSON.parse(await readFile(join(folder, file), 'utf8'))
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(closed(schema) as object)
  const answer = answerOf(run)
  expect(validate(answer), JSON.stringify([validate.errors, answer], null, 2)).toBe(true)
  // A run that failed shows nothing of what the command answers.
  if (answer.error === undefined) checked.add(file)
  return answer
}

test('publishing and review', async () => {
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
})

test('a plugin’s folder', async () => {
  const run = (...args: string[]) => author.run([...args, '--json'])
  const made = await fits('init', await run('init', '--id', 'folder-card', '--template', 'widget', '--author', 'Ann'))
  const cwd = made.folder
  expect((await fits('validate', await run('validate', cwd))).valid).toBe(true)
  expect((await fits('build', await run('build', cwd))).files).not.toEqual([])
  const { file } = await fits('pack', await run('pack', cwd))
  expect((await fits('validate', await run('validate', file))).digest).toMatch(/^sha256-/)
  expect((await fits('status', await run('status', cwd))).status).toBeNull()
  expect((await fits('status', await run('status', join(author.work, 'shaped-card')))).versions).not.toEqual([])
  await writeFile(join(cwd, 'manifest.json'), '{')
  expect((await fits('validate', await run('validate', cwd))).valid).toBe(false)
  expect((await fits('build', await run('build', cwd))).error.code).toBe('plugin_invalid')
  expect((await fits('doctor', await run('doctor'))).healthy).toBe(true)
  expect((await fits('doctor', await run('doctor', '--api-url', 'http://127.0.0.1:9'))).healthy).toBe(false)
  await fits('completion', await run('completion', 'bash'))
})

test('the caller and keys', async () => {
  const run = (...args: string[]) => author.run([...args, '--json'])
  await fits('whoami', await run('whoami'))
  const other = await fits('keys create', await run('keys', 'create', '--expires', '2d', '--description', 'A test'))
  keepSecret(other.key)
  expect((await fits('keys list', await run('keys', 'list'))).keys).toHaveLength(2)
  const login = await author.run(['login', '--with-key-stdin', '--json'], { stdin: other.key })
  expect((await fits('login', login)).expiresAt).not.toBeNull()
  expect((await fits('logout', await run('logout'))).forgotten).toBe(true)
  const revoked = await fits('keys revoke', await run('keys', 'revoke', other.id, 'nobody'))
  expect(revoked.keys.map((key: { revoked: boolean }) => key.revoked)).toEqual([true, false])
})

test('the marketplace and a tenant’s plugins', async () => {
  const run = (...args: string[]) => tenant.run([...args, '--json'])
  const one = {
    configSchema: { type: 'object' as const, properties: { tone: { type: 'string' as const, default: 'warm' } } },
  }
  await publishGood(registry, { manifest: { version: '1.0.0', ...one } })
  expect((await fits('search', await run('search', 'greeting'))).plugins).toHaveLength(1)
  expect((await fits('search', await run('search', 'greetign', '--category', 'content'))).plugins).toBeDefined()
  expect((await fits('search', await run('search', 'nothing-of-the-kind'))).suggestions).toEqual([])
  await fits('install', await run('install', 'greeting-card'))
  await fits('install', await run('install', 'greeting-card', '--grant', 'orders:read'))
  await fits('configure', await run('configure', 'greeting-card', '--set', 'tone=dry'))
  await publishGood(registry, { manifest: { version: '1.1.0', ...one } })
  await fits('info', await run('info', 'greeting-card'))
  expect((await fits('versions', await run('versions', 'greeting-card'))).total).toBe(2)
  expect((await fits('outdated', await run('outdated'))).total).toBe(1)
  expect((await fits('update', await run('update', '--all'))).updates).toHaveLength(1)
  expect((await fits('rollback', await run('rollback', 'greeting-card'))).version).toBe('1.0.0')
  expect((await fits('disable', await run('disable', 'greeting-card'))).enabled).toBe(false)
  expect((await fits('disable', await run('disable', 'greeting-card'))).enabled).toBe(false)
  expect((await fits('list', await run('list'))).installations[0].enabled).toBe(false)
  expect((await fits('enable', await run('enable', 'greeting-card'))).enabled).toBe(true)
  expect((await fits('enable', await run('enable', 'nobody'))).error.code).toBe('installation_not_found')
  await fits('rate', await run('rate', 'greeting-card', '--stars', '4', '--review', 'It greets.'))
  await fits('uninstall', await run('uninstall', 'greeting-card', '--yes'))
  const owner = (...args: string[]) => author.run([...args, '--json'])
  await fits('yank', await owner('yank', 'greeting-card@1.1.0', '--reason', 'It loses greetings'))
  await fits('unyank', await owner('unyank', 'greeting-card@1.1.0'))
  await fits('deprecate', await owner('deprecate', 'greeting-card', '--reason', 'There is a better one'))
})

test('every command with --json has a schema, and every schema was met by an answer', async () => {
  const withJson = commands.filter(({ options }) => 'json' in options)
  expect((await readdir(folder)).toSorted()).toEqual(withJson.map(({ name }) => fileOf(name)).toSorted())
  expect([...checked].toSorted()).toEqual((await readdir(folder)).toSorted())
})
