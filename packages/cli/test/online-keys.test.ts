import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, type TestContext, test, vi } from 'vitest'
import { answerOf, keepSecret, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

let registry: RegistryWithPeople
let machine: Machine
let plugin: string

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  machine = await openMachine({ PLEXICA_API_URL: registry.url })
  plugin = await machine.plugin('locked-card')
})

afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

/** Somebody else's machine, with nothing on it. */
async function freshMachine({ onTestFinished }: TestContext): Promise<Machine> {
  const fresh = await openMachine()
  onTestFinished(() => fresh.close())
  return fresh
}

async function expiredKey(): Promise<string> {
  const { key } = await registry.person('eve', 'publisher', { expiresAt: new Date(Date.now() + 3_000).toISOString() })
  await sleep(3_100)
  return key
}

async function revokedKey(): Promise<string> {
  const { key, keyId } = await registry.person('eve', 'publisher')
  await registry.root.client.revokeKey({ params: { keyId } })
  return key
}

interface BadKey {
  name: string
  code: string
  fix: RegExp
  key: () => string | Promise<string>
}

const badKeys: BadKey[] = [
  { name: 'no key', code: 'key_missing', fix: /plexica login.+PLEXICA_API_KEY/, key: () => '' },
  { name: 'garbage', code: 'key_invalid', fix: /copied whole/, key: () => 'open-sesame-0123456789' },
  { name: 'a mistyped key', code: 'key_invalid', fix: /copied whole/, key: () => registry.ann.key.replace(/.$/, '!') },
  { name: 'a key in quotes', code: 'key_invalid', fix: /copied whole/, key: () => `"${registry.ann.key}"` },
  { name: 'a key in two lines', code: 'key_missing', fix: /line ends/, key: () => 'plx_open\nsesame01234' },
  { name: 'a key in another script', code: 'key_missing', fix: /Copy the key again/, key: () => 'plx_сезам-откройся' },
  { name: 'a key of another registry', code: 'key_invalid', fix: /new one/, key: () => unknownKey },
  { name: 'an expired key', code: 'key_expired', fix: /super-admin for a new key/, key: expiredKey },
  { name: 'a revoked key', code: 'key_revoked', fix: /super-admin for a new key/, key: revokedKey },
]
/** Well formed, with its checksum, and known nowhere. */
const unknownKey = 'plx_000000000000000000000000000000002wjyrI'

test.concurrent.each(badKeys)('$name: nobody is let in, and the way out is named', async ({ code, fix, key }) => {
  const bad = await key()
  if (bad !== '') keepSecret(bad)
  const run = await machine.run(['publish', '--json'], { cwd: plugin, env: { PLEXICA_API_KEY: bad } })
  expect(run.status, run.stderr).toBe(4)
  expect(answerOf(run).error).toMatchObject({ code, fix: expect.stringMatching(fix) })
  expect(run.stderr).toMatch(fix)
  // A wrong key is known before anything is tested or packed.
  expect(run.stderr).not.toContain('✔')
})

test.concurrent('every command that needs a key says so without one', async () => {
  const commands = [
    ['status', plugin],
    ['review', 'list'],
    ['review', 'show', 'locked-card@0.1.0'],
    ['review', 'approve', 'locked-card@0.1.0'],
    ['review', 'reject', 'locked-card@0.1.0', '--reason', 'No'],
    ['install', 'locked-card', '--tenant', 'acme'],
    ['publish', plugin, '--dry-run'],
  ]
  for (const command of commands) {
    const run = await machine.run([...command, '--json'])
    expect(run.status, command.join(' ')).toBe(4)
    expect(answerOf(run).error.code, command.join(' ')).toBe('key_missing')
  }
})

test.concurrent('a plugin is published by its owner alone, and by publishers', async () => {
  const theirs = await machine.run(['publish', '--json'], { cwd: plugin, env: { PLEXICA_API_KEY: registry.ann.key } })
  expect(theirs.status, theirs.stderr).toBe(0)
  const { digest } = answerOf(theirs)
  for (const args of [['--dry-run'], [], ['--version', '0.2.0']]) {
    const env = { PLEXICA_API_KEY: registry.ben.key }
    const foreign = await machine.run(['publish', '--json', ...args], { cwd: plugin, env })
    expect(foreign.status, foreign.stderr).toBe(4)
    expect(answerOf(foreign).error).toMatchObject({
      code: 'not_owner',
      message: expect.stringContaining('locked-card'),
    })
  }
  const env = { PLEXICA_API_KEY: registry.ada.key }
  const tenants = await machine.run(['publish', '--json'], { cwd: plugin, env })
  expect(tenants.status, tenants.stderr).toBe(4)
  expect(answerOf(tenants).error).toMatchObject({ code: 'not_allowed', message: expect.stringContaining('publisher') })
  expect(await registry.submissionsOf('locked-card')).toMatchObject([{ digest, submittedBy: 'ann' }])
})

test.concurrent('login keeps a key that the registry knows, for this person alone, until logout', async (context) => {
  const { settings, run } = await freshMachine(context)
  const file = join(settings, 'plexica/keys.json')
  const address = ['--api-url', registry.url]

  const wrong = await run(['login', '--with-key-stdin', '--json', ...address], { stdin: unknownKey })
  expect(wrong.status, wrong.stderr).toBe(4)
  await expect(stat(file)).rejects.toThrow('ENOENT')
  const empty = await run(['login', '--with-key-stdin', ...address], { stdin: '\n' })
  expect(empty.status, empty.stderr).toBe(2)
  const unasked = await run(['login', ...address])
  expect(unasked.status, unasked.stderr).toBe(2)
  expect(unasked.stderr).toContain('--with-key-stdin')

  const login = await run(['login', '--with-key-stdin', ...address], { stdin: `${registry.ann.key}\n` })
  expect(login.status, login.stderr).toBe(0)
  expect(login.stdout).toContain(`Logged in to ${registry.url} as ann (publisher).`)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(join(settings, 'plexica'))).mode & 0o777).toBe(0o700)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ [registry.url]: registry.ann.key })
  const known = await run(['whoami', '--json', ...address, '--api-url', `${registry.url}/`])
  expect(answerOf(known)).toMatchObject({ subject: 'ann', settings: { apiKey: { from: 'login', where: file } } })

  // The key of one registry is not sent to another.
  const other = await run(['whoami', '--json', '--api-url', registry.url.replace('127.0.0.1', 'localhost')])
  expect(answerOf(other).error.code).toBe('key_missing')

  for (const forgotten of [true, false]) {
    const logout = await run(['logout', '--json', ...address])
    expect(logout.status, logout.stderr).toBe(0)
    expect(answerOf(logout)).toEqual({ registry: registry.url, forgotten })
  }
  expect((await run(['whoami', ...address])).status).toBe(4)
  expect(await readFile(file, 'utf8')).not.toContain('plx_')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test.concurrent('a second login and a logout leave the keys of other registries alone', async (context) => {
  const { settings, run } = await freshMachine(context)
  const file = join(settings, 'plexica/keys.json')
  await mkdir(join(settings, 'plexica'), { recursive: true })
  const elsewhere = { 'https://plugins.example.com': 'plx_elsewhere' }
  keepSecret('plx_elsewhere')
  await writeFile(file, JSON.stringify(elsewhere), { mode: 0o644 })
  for (const { key } of [registry.ann, registry.ben]) {
    await run(['login', '--with-key-stdin', '--api-url', registry.url], { stdin: key })
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...elsewhere, [registry.url]: key })
  }
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await run(['logout', '--api-url', registry.url])
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(elsewhere)
})

test.concurrent('whoami says where each setting came from, the strongest place winning', async (context) => {
  const { settings, work, run } = await freshMachine(context)
  const sourcesOf = async (args: string[], env: Record<string, string> = {}) => {
    const { apiUrl, apiKey, tenant } = answerOf(await run(['whoami', '--json', ...args], { env })).settings
    return { apiUrl: apiUrl.where, apiKey: apiKey.where, tenant: tenant?.where }
  }
  const nowhere = await run(['whoami'], { env: { PLEXICA_API_URL: '' } })
  expect(nowhere.stdout).toMatch(/apiUrl +http:\/\/localhost:4873 +from default/)
  expect(nowhere.stdout).toMatch(/apiKey +not set/)
  expect(nowhere.status, nowhere.stderr).toBe(4)

  const projectFile = 'plexica.config.json'
  await writeFile(join(work, projectFile), JSON.stringify({ apiUrl: registry.url, tenant: 'globex' }))
  await run(['login', '--with-key-stdin'], { stdin: registry.ann.key })
  const keys = join(settings, 'plexica/keys.json')
  expect(await sourcesOf([])).toEqual({ apiUrl: projectFile, apiKey: keys, tenant: projectFile })

  const userFile = join(settings, 'plexica/config.json')
  await writeFile(userFile, JSON.stringify({ tenant: 'acme' }))
  expect(await sourcesOf([])).toEqual({ apiUrl: projectFile, apiKey: keys, tenant: userFile })

  const env = { PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ben.key, PLEXICA_TENANT: 'acme' }
  const variables = { apiUrl: 'PLEXICA_API_URL', apiKey: 'PLEXICA_API_KEY', tenant: 'PLEXICA_TENANT' }
  expect(await sourcesOf([], env)).toEqual(variables)

  const options = ['--api-url', registry.url, '--api-key', registry.ada.key, '--tenant', 'acme']
  expect(await sourcesOf(options, env)).toEqual({ apiUrl: '--api-url', apiKey: '--api-key', tenant: '--tenant' })
  const words = await run(['whoami', ...options], { env })
  expect(words.stdout).toContain('You are ada (tenant-admin of acme).')
  expect(words.stdout).toMatch(/apiKey +plx_….{4} +from --api-key/)
})

test.concurrent('a key in a settings file is refused and not shown', async (context) => {
  const { work, run } = await freshMachine(context)
  await writeFile(join(work, 'plexica.config.json'), JSON.stringify({ apiUrl: registry.url, apiKey: registry.ann.key }))
  const refused = await run(['whoami', '--json'])
  expect(refused.status, refused.stderr).toBe(2)
  expect(answerOf(refused).error.findings).toMatchObject([{ code: 'settings-key-in-file' }])
})

test.concurrent('the words about a wrong command line do not repeat the key', async () => {
  const { key } = registry.ann
  const wrong = [
    { args: ['whoami', '--api-key', key, '--no-such-option'], words: "Unknown option '--no-such-option'." },
    { args: ['whoami', `--api-kye=${key}`], words: "Unknown option '--api-kye'" },
    { args: ['whoami', key], words: 'Too many arguments' },
    { args: ['search', 'card', '--take', key], words: '--take' },
    { args: ['review', 'list', '--state', key], words: '--state' },
    { args: [key], words: 'Unknown command' },
  ]
  for (const { args, words } of wrong) {
    const run = await machine.run(args)
    expect(run.status, run.stderr).toBe(2)
    expect(run.stderr).toContain(words)
  }
})
