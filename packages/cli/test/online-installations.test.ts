import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answerOf, keepSecret, type Machine, openMachine } from './machine.ts'
import { onTerminal } from './on-terminal.ts'
import { publishGood } from './publish-good.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

// Each test starts many processes, and the machine may have other work.
vi.setConfig({ testTimeout: 120_000 })

const token = 'shop-token-77ab21c9'
let registry: RegistryWithPeople
/** Of the admin of acme. The tests follow one installation through its life. */
let machine: Machine
let env: Record<string, string>

const settings = {
  type: 'object' as const,
  properties: {
    shop: { type: 'string' as const, title: 'Shop', default: 'our shop' },
    goal: { type: 'integer' as const, title: 'Orders wanted', minimum: 1 },
    token: { type: 'string' as const, title: 'Token of the shop', secret: true, minLength: 8 },
    tone: { type: 'string' as const, title: 'Tone', enum: ['warm', 'dry'], default: 'warm' },
    mail: {
      type: 'object' as const,
      title: 'Mail',
      properties: { host: { type: 'string' as const }, port: { type: 'integer' as const, default: 25 } },
      required: ['host'],
    },
  },
  required: ['goal', 'token'],
}

beforeAll(async () => {
  keepSecret(token)
  registry = await startRegistryWithPeople()
  env = { PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ada.key, PLEXICA_TENANT: 'acme' }
  machine = await openMachine(env)
  for (const version of ['1.0.0', '1.1.0'])
    await publishGood(registry, { manifest: { version, configSchema: settings } })
  const dependencies = { 'greeting-card': '^1.0.0' }
  await publishGood(registry, { manifest: { id: 'greeting-wall', name: 'Greeting wall', dependencies } })
})

afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

const installed = async () =>
  (await registry.ada.client.listInstallations({ params: { tenantId: 'acme' } })).installations
const theOne = async () => (await installed()).find(({ pluginId }) => pluginId === 'greeting-card')
const plexica = (...args: string[]) => machine.run([...args, '--json'])
const toTheGrants: [string, string][] = [
  ['Version', '\u001b[B\r'],
  ['Shop', '\r'],
  ['Orders wanted', 'many\r'],
  ['what was given is not', '\u007f\u007f\u007f\u007f0\r'],
  ['Token of the shop', `${token}\r`],
  ['Tone', '\u001b[B\r'],
  ['Set up Mail?', 'n\r'],
]

test('Ctrl-C in the wizard, or a permission that is denied, leaves nothing behind', async () => {
  const left = await onTerminal(
    machine,
    ['install', 'greeting-card'],
    [...toTheGrants.slice(0, 4), ['Token of the shop', '\u0003']],
    { env },
  )
  expect(left.status, left.screen).toBe(130)
  const denied = await onTerminal(
    machine,
    ['install', 'greeting-card'],
    [...toTheGrants, ['Grant orders:read', 'n\r']],
    { env },
  )
  expect(denied.status, denied.screen).toBe(130)
  expect(denied.screen).toContain('does not work without orders:read')
  expect(await installed()).toEqual([])
})

test('the wizard goes from the version to the setup text, and asks again what the registry refuses', async () => {
  const { status, screen } = await onTerminal(
    machine,
    ['install', 'greeting-card'],
    [
      ...toTheGrants,
      ['Grant orders:read – See totals and numbers of orders?', 'y\r'],
      ['Install Greeting card for acme?', '\r'],
      ['Orders wanted', '120\r'],
    ],
    { env },
  )
  expect(status, screen).toBe(0)
  expect(screen).toContain('must be at least 1')
  expect(screen).toMatch(/contacts +api\.example\.com/)
  expect(screen).toContain('Drag the card onto a page')
  expect(screen).not.toContain(token)
  expect(await theOne()).toMatchObject({
    version: '1.0.0',
    configuration: { shop: 'our shop', goal: 120, tone: 'dry' },
    secrets: ['token'],
    grantedPermissions: ['orders:read'],
  })
})

test('list shows what is installed', async () => {
  const run = await machine.run(['list'])
  expect(run.stdout).toMatch(/^greeting-card +1\.0\.0 +enabled +\d{4}-\d\d-\d\d by ada +Greeting card\n$/)
  expect(answerOf(await plexica('list'))).toMatchObject({ total: 1, installations: [{ secrets: ['token'] }] })
})

test('configure changes what is named and nothing else', async () => {
  const silent = await plexica('configure', 'greeting-card')
  expect([silent.status, answerOf(silent).error.fix]).toEqual([2, expect.stringContaining('--set key=value')])
  const run = await plexica(
    'configure',
    'greeting-card',
    '--set',
    'shop=Corner',
    '--set',
    'mail.host=mx',
    '--unset',
    'tone',
  )
  expect(run.status, run.stderr).toBe(0)
  expect(answerOf(run)).toMatchObject({
    configuration: { shop: 'Corner', goal: 120, tone: 'warm', mail: { host: 'mx', port: 25 } },
    secrets: ['token'],
  })
  const wrong = await plexica('configure', 'greeting-card', '--set', 'mail.port=x')
  expect(wrong.status, wrong.stderr).toBe(2)
  const unknown = await plexica('configure', 'greeting-card', '--unset', 'colour')
  expect([unknown.status, answerOf(unknown).error.fix]).toEqual([2, expect.stringContaining('mail.host')])
})

test('a secret comes by stdin or a file, never by the command line', async () => {
  const argv = await plexica('configure', 'greeting-card', '--set', `token=${token}`)
  expect([argv.status, answerOf(argv).error.fix]).toEqual([2, expect.stringContaining('--config -')])
  const piped = await machine.run(['configure', 'greeting-card', '--config', '-', '--json'], {
    stdin: JSON.stringify({ token: `${token}-2`, mail: { port: 587 } }),
  })
  expect(piped.status, piped.stderr).toBe(0)
  expect(answerOf(piped)).toMatchObject({ configuration: { mail: { host: 'mx', port: 587 } }, secrets: ['token'] })
  const without = await plexica('configure', 'greeting-card', '--unset', 'token')
  expect([without.status, answerOf(without).error.code]).toEqual([3, 'configuration_invalid'])
})

test('on a terminal configure asks for every setting and keeps what is not answered', async () => {
  const { status, screen } = await onTerminal(
    machine,
    ['configure', 'greeting-card'],
    [
      ['Shop', '\r'],
      ['Orders wanted', '\u007f\u007f\u007f90\r'],
      ['Token of the shop', '\r'],
      ['Tone', '\r'],
      ['mail.host', '\r'],
      ['mail.port', '\r'],
    ],
    { env },
  )
  expect(status, screen).toBe(0)
  const { configuration, secrets } = (await theOne()) ?? {}
  expect(configuration).toEqual({ shop: 'Corner', goal: 90, tone: 'warm', mail: { host: 'mx', port: 587 } })
  expect(secrets).toEqual(['token'])
})

test('outdated tells what an update brings, and update asks for nothing when nothing grows', async () => {
  const run = await machine.run(['outdated'])
  expect(run.status, run.stderr).toBe(0)
  expect(run.stdout).toMatch(/^plugin +current +wanted +what grows\ngreeting-card +1\.0\.0 +1\.1\.0 +-\n$/)
  const none = await plexica('update')
  expect([none.status, answerOf(none).error.fix]).toEqual([2, expect.stringContaining('--all')])
  const updated = await machine.run(['update', '--all'])
  expect(updated.status, updated.stderr).toBe(0)
  expect(updated.stdout).toContain('greeting-card 1.0.0 → 1.1.0')
  expect(updated.stdout).toContain('The card counts orders')
  expect(updated.stdout).toContain('Updated greeting-card from 1.0.0 to 1.1.0.')
  const again = await plexica('update', '--all')
  expect([again.status, answerOf(again)]).toEqual([0, { updates: [] }])
  expect(answerOf(await plexica('outdated'))).toEqual({ updates: [], total: 0 })
})

test('what grows is named with its options where nobody can be asked', async () => {
  const currency = { type: 'string' as const, title: 'Currency' }
  await publishGood(registry, {
    manifest: {
      version: '2.0.0',
      requiredPermissions: ['orders:read', 'orders:write'],
      network: ['api.example.com', 'parcels.example.com'],
      configSchema: {
        ...settings,
        properties: { ...settings.properties, currency },
        required: ['goal', 'token', 'currency'],
      },
    },
  })
  const outdated = await machine.run(['outdated'])
  expect(outdated.stdout).toContain('+orders:write, +parcels.example.com, asks for configuration')
  for (const which of [['--all'], ['greeting-card'], ['greeting-card', '--to', '^2.0.0']]) {
    const run = await plexica('update', ...which)
    expect(run.status, run.stderr).toBe(2)
    const { fix } = which[0] === '--all' ? answerOf(run).updates[0].error : answerOf(run).error
    expect(fix).toContain('--set currency=…, --grant orders:write, --accept-host parcels.example.com')
  }
  expect((await theOne())?.version).toBe('1.1.0')
})

test('on a terminal only what is new is asked', async () => {
  const denied = await onTerminal(
    machine,
    ['update', 'greeting-card'],
    [
      ['Currency', 'EUR\r'],
      ['Grant orders:write', 'n\r'],
    ],
    { env },
  )
  expect(denied.status, denied.screen).toBe(130)
  expect((await theOne())?.version).toBe('1.1.0')
  const { status, screen } = await onTerminal(
    machine,
    ['update', 'greeting-card'],
    [
      ['Currency', 'EUR\r'],
      ['Grant orders:write – Change the state of orders?', 'y\r'],
      ['Let it contact parcels.example.com?', 'y\r'],
    ],
    { env },
  )
  expect(status, screen).toBe(0)
  expect(await theOne()).toMatchObject({ version: '2.0.0', configuration: { currency: 'EUR', goal: 90 } })
})

test('rollback goes back, with the configuration of then, and update goes on by options', async () => {
  const back = await machine.run(['rollback', 'greeting-card'])
  expect(back.status, back.stderr).toBe(0)
  expect(back.stdout).toContain('greeting-card 1.1.0 is back for acme (was 2.0.0).')
  expect((await theOne())?.configuration).not.toHaveProperty('currency')
  const args = ['--grant', 'orders:write', '--accept-host', 'parcels.example.com', '--set', 'currency=USD']
  const on = await plexica('update', 'greeting-card', '--to', '2.0.0', ...args)
  expect(on.status, on.stderr).toBe(0)
  expect(answerOf(on)).toEqual({
    updates: [{ pluginId: 'greeting-card', previousVersion: '1.1.0', version: '2.0.0', updated: true }],
  })
  for (const version of ['1.1.0', '1.0.0']) {
    expect(answerOf(await plexica('rollback', 'greeting-card'))).toMatchObject({ version })
  }
  const none = await plexica('rollback', 'greeting-card')
  expect([none.status, answerOf(none).error.code]).toEqual([5, 'no_previous_version'])
})

test('uninstall asks, and tells what depends on the plugin', async () => {
  const wall = await plexica('install', 'greeting-wall', '--grant', 'orders:read')
  expect(wall.status, wall.stderr).toBe(0)
  const silent = await plexica('uninstall', 'greeting-card')
  expect([silent.status, answerOf(silent).error.fix]).toEqual([2, expect.stringContaining('--yes')])
  const needed = await plexica('uninstall', 'greeting-card', '--yes')
  expect(needed.status, needed.stderr).toBe(5)
  expect(answerOf(needed).error).toMatchObject({ code: 'plugin_needed', fix: expect.stringContaining('--force') })
  expect(needed.stderr).toContain('greeting-wall')
  const kept = await onTerminal(
    machine,
    ['uninstall', 'greeting-card'],
    [
      ['Uninstall greeting-card 1.0.0 from acme?', 'y\r'],
      ['although these need it?', 'n\r'],
    ],
    { env },
  )
  expect(kept.status, kept.screen).toBe(130)
  expect(await installed()).toHaveLength(2)
  const forced = await plexica('uninstall', 'greeting-card', '--yes', '--force')
  expect(forced.status, forced.stderr).toBe(0)
  expect(await installed()).toMatchObject([{ pluginId: 'greeting-wall' }])
  const gone = await plexica('uninstall', 'greeting-card', '--yes')
  expect([gone.status, answerOf(gone).error.code]).toEqual([3, 'installation_not_found'])
})

test('what cannot run here is said before anything is asked', async () => {
  expect((await plexica('uninstall', 'greeting-wall', '--yes')).status).toBe(0)
  const { status, screen } = await onTerminal(machine, ['install', 'greeting-wall'], [], { env })
  expect(status, screen).toBe(3)
  expect(screen).toContain('Install greeting-card first.')
})

test('rate keeps the words of an earlier rating', async () => {
  const early = await plexica('rate', 'greeting-card', '--stars', '4')
  expect([early.status, answerOf(early).error.code]).toEqual([5, 'not_installed'])
  const file = join(machine.work, 'installed.json')
  await writeFile(file, JSON.stringify({ goal: 1, token }))
  const ready = await plexica('install', 'greeting-card@1.1.0', '--config', file, '--grant-all')
  expect(ready.status, ready.stderr).toBe(0)
  for (const stars of [[], ['--stars', '6'], ['--stars', '4.5']]) {
    expect((await plexica('rate', 'greeting-card', ...stars)).status).toBe(2)
  }
  const worded = await machine.run(['rate', 'greeting-card', '--stars', '4', '--review', '-'], { stdin: 'Kind.\n' })
  expect([worded.status, worded.stdout]).toEqual([0, 'Rated greeting-card: ★★★★☆\n'])
  expect(answerOf(await plexica('rate', 'greeting-card', '--stars', '5'))).toMatchObject({ stars: 5, review: 'Kind.' })
  const asked = await onTerminal(
    machine,
    ['rate', 'greeting-card'],
    [
      ['Stars', '\u001b[B\u001b[B\r'],
      ['What should others know?', ' Warm.\r'],
    ],
    { env },
  )
  expect(asked.status, asked.screen).toBe(0)
  const { rating } = await registry.ada.client.getOwnRating({ params: { pluginId: 'greeting-card' } })
  expect(rating).toMatchObject({ stars: 3, review: expect.stringContaining('Warm.') })
})
