import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConfigSchema } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { candidatesOf, findUpdates } from '../src/installations/find-updates.ts'
import { openWorld } from '../src/open-world.ts'
import { refusalOf } from './refusal-of.ts'
import { inAcme, startTenants, type Tenants } from './start-tenants.ts'

let t: Tenants
beforeAll(async () => {
  t = await startTenants()
})
afterAll(() => t.registry.stop())

type Body = Parameters<Tenants['ada']['client']['updateInstallation']>[0]['body']
const update = (pluginId: string, body: Body = {}, query = {}, client = t.ada.client) =>
  client.updateInstallation({ ...inAcme(pluginId), body, query })
const rollback = (pluginId: string, query = {}, client = t.ada.client) =>
  client.rollbackInstallation({ ...inAcme(pluginId), query })
const updateOf = async (pluginId: string) => (await t.tom.client.getInstallationUpdate(inAcme(pluginId))).update
const history = async (pluginId: string) => (await t.tom.client.listInstallationHistory(inAcme(pluginId))).history
const yank = (pluginId: string, version: string) =>
  t.pia.client.yankVersion({ params: { pluginId, version }, body: { reason: 'It loses orders.' } })
const codesOf = (findings: readonly { code: string; path?: string }[]) =>
  findings.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`))

const text = (title: string) => ({ type: 'string', title }) as const
const old: ConfigSchema = {
  type: 'object',
  required: ['apiKey'],
  properties: {
    apiKey: { ...text('Key'), secret: true },
    region: { ...text('Region'), enum: ['eu', 'us'] },
    colour: text('Colour'),
  },
}
const next: ConfigSchema = {
  type: 'object',
  required: ['apiKey', 'contact'],
  properties: {
    apiKey: { ...text('Key'), secret: true },
    region: { ...text('Region'), enum: ['eu', 'us'] },
    contact: { ...text('Contact'), format: 'email' },
    perPage: { type: 'integer', title: 'Rows', default: 20 },
  },
}
const secret = 'correct-horse-battery'

describe('a newer version', () => {
  beforeAll(async () => {
    await t.publish('quotes', '1.0.0', { configSchema: old })
    await t.install('quotes', { configuration: { apiKey: secret, region: 'eu', colour: 'red' } })
  })

  test('is none while there is none', async () => {
    const none = { pluginId: 'quotes', installed: '1.0.0', update: null }
    expect(await t.tom.client.getInstallationUpdate(inAcme('quotes'))).toEqual(none)
    await t.submit({ id: 'quotes', version: '1.0.1', configSchema: old })
    expect(await t.tom.client.getInstallationUpdate(inAcme('quotes'))).toEqual(none)
    expect((await update('quotes')).version).toBe('1.0.0')
  })

  test('is told with what changed, what grows and what has to be answered', async () => {
    await t.publish('quotes', '1.1.0', { configSchema: old })
    await t.publish('quotes', '1.2.0', {
      configSchema: next,
      requiredPermissions: ['orders:read'],
      backend: { entry: 'dist/backend.mjs' },
      network: ['api.example.com', 'eu.example.com'],
    })
    const found = await updateOf('quotes')
    expect(found).toMatchObject({
      pluginId: 'quotes',
      installed: '1.0.0',
      version: '1.2.0',
      compatible: true,
      newPermissions: ['orders:read'],
      newHosts: ['eu.example.com'],
      configurationFits: false,
    })
    expect(found?.changelog).toEqual(
      ['1.2.0', '1.1.0'].map((version) => ({
        version,
        publishedAt: expect.stringMatching(/^\d{4}-/),
        text: '- The card counts orders that are on their way.',
      })),
    )
    expect(codesOf(found?.findings ?? [])).toEqual([
      'permission-not-granted orders:read',
      'host-not-accepted eu.example.com',
      'configuration-missing configuration.contact',
      'configuration-removed configuration.colour',
    ])
  })

  test('is not run with before everything has been answered', async () => {
    const refused = await refusalOf(update('quotes'))
    expect(refused).toMatchObject({ code: 'permissions_not_granted', status: 422 })
    expect(codesOf(refused.findings)).toEqual(codesOf((await updateOf('quotes'))?.findings ?? []))
    const grantedPermissions = ['orders:read']
    const acceptedHosts = ['eu.example.com']
    expect((await refusalOf(update('quotes', { grantedPermissions }))).code).toBe('hosts_not_accepted')
    const last = await refusalOf(update('quotes', { grantedPermissions, acceptedHosts }))
    expect(last).toMatchObject({ code: 'configuration_invalid', status: 422 })
    const wrong = { grantedPermissions, acceptedHosts, configuration: { contact: 'hunter2', apikey: 'hunter2' } }
    const invalid = await refusalOf(update('quotes', wrong))
    expect(codesOf(invalid.findings)).toEqual([
      'configuration-unknown configuration.apikey',
      'configuration-value configuration.contact',
      'configuration-removed configuration.colour',
    ])
    expect(JSON.stringify([invalid.message, invalid.findings])).not.toContain('hunter2')
    expect((await history('quotes')).map(({ action }) => action)).toEqual(['installed'])
  })

  test('keeps what still fits, and fills in the rest', async () => {
    const answer = await update('quotes', {
      grantedPermissions: ['orders:read'],
      acceptedHosts: ['eu.example.com'],
      configuration: { contact: 'ada@acme.example' },
    })
    expect(answer).toMatchObject({
      version: '1.2.0',
      configuration: { region: 'eu', contact: 'ada@acme.example', perPage: 20 },
      secrets: ['apiKey'],
      grantedPermissions: ['orders:read'],
      findings: [],
    })
    expect(answer.digest).toBe(
      (await t.pia.client.getVersion({ params: { pluginId: 'quotes', version: '1.2.0' } })).digest,
    )
    expect(await updateOf('quotes')).toBeNull()
    const [newest] = await history('quotes')
    expect(newest).toMatchObject({
      action: 'updated',
      version: '1.2.0',
      previousVersion: '1.0.0',
      changed: ['colour', 'contact', 'perPage'],
    })
    expect(await t.installCount('quotes')).toBe(1)
    expect(await update('quotes', { version: '1.2.0' })).toEqual(answer)
    expect(await history('quotes')).toHaveLength(2)
  })

  test('is left again with all that was there before', async () => {
    await t.ada.client.configurePlugin({
      ...inAcme('quotes'),
      body: { configuration: { contact: 'bob@acme.example', apiKey: 'changed-since' } },
    })
    const back = await rollback('quotes')
    expect(back).toMatchObject({
      version: '1.0.0',
      configuration: { region: 'eu', colour: 'red' },
      secrets: ['apiKey'],
      grantedPermissions: [],
      findings: [],
    })
    const [newest] = await history('quotes')
    expect(newest).toMatchObject({ action: 'rolled-back', version: '1.0.0', previousVersion: '1.2.0' })
    expect(newest?.changed).toEqual(['apiKey', 'colour', 'contact', 'perPage', 'region'])
    expect(await refusalOf(rollback('quotes'))).toMatchObject({ code: 'no_previous_version', status: 409 })
  })

  test('and the way back are events, with names only', async () => {
    const events = await t.events('quotes')
    expect(events.map(({ type, version }) => `${type} ${version}`)).toEqual([
      'installation.installed 1.0.0',
      'installation.updated 1.2.0',
      'installation.configured 1.2.0',
      'installation.rolled-back 1.0.0',
    ])
    expect(events[1]?.data).toEqual({ previousVersion: '1.0.0', changed: ['colour', 'contact', 'perPage'] })
    expect(JSON.stringify(events)).not.toMatch(/example|horse/)
  })
})

describe('which version', () => {
  test('is never one that is yanked, waits or does not exist', async () => {
    await t.publish('choice', '1.0.0')
    await t.install('choice')
    for (const version of ['1.1.0', '1.2.0']) await t.publish('choice', version)
    await t.submit({ id: 'choice', version: '1.3.0' })
    await yank('choice', '1.2.0')
    expect((await updateOf('choice'))?.version).toBe('1.1.0')
    for (const version of ['1.2.0', '1.3.0', '7.0.0', '^3.0.0', 'beta']) {
      expect((await refusalOf(update('choice', { version }))).code).toBe('version_not_found')
    }
    expect((await update('choice')).version).toBe('1.1.0')
    expect(await updateOf('choice')).toBeNull()
    expect((await update('choice')).version).toBe('1.1.0')
  })

  test('comes from the channel of the installed one, or is asked for', async () => {
    await t.publish('early', '1.0.0')
    await t.publish('early', '1.1.0-beta.1', {}, { tag: 'beta' })
    await t.publish('early', '1.1.0-beta.2', {}, { tag: 'beta' })
    await t.install('early')
    expect(await updateOf('early')).toBeNull()
    expect((await update('early', { version: '1.1.0-beta.1' })).version).toBe('1.1.0-beta.1')
    expect((await updateOf('early'))?.version).toBe('1.1.0-beta.2')
    expect((await update('early', { version: 'beta' })).version).toBe('1.1.0-beta.2')
    await t.publish('early', '1.1.0')
    expect((await update('early')).version).toBe('1.1.0')
  })

  test('may be a lower one, where it is asked for', async () => {
    await t.publish('lower', '1.0.0')
    await t.publish('lower', '1.1.0')
    await t.install('lower')
    expect((await update('lower', { version: '~1.0.0' })).version).toBe('1.0.0')
    expect((await rollback('lower')).version).toBe('1.1.0')
  })
})

describe('the way back', () => {
  test('goes one update at a time, and ends where the plugin was installed', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await t.publish('stairs', version)
    await t.install('stairs', { version: '1.0.0' })
    await update('stairs', { version: '1.1.0' })
    await update('stairs', { version: '1.2.0' })
    expect((await rollback('stairs')).version).toBe('1.1.0')
    expect((await rollback('stairs')).version).toBe('1.0.0')
    expect((await refusalOf(rollback('stairs'))).code).toBe('no_previous_version')
    await update('stairs')
    await t.ada.client.uninstallPlugin(inAcme('stairs'))
    await t.install('stairs')
    expect((await refusalOf(rollback('stairs'))).code).toBe('no_previous_version')
  })

  test('is twenty steps long at most', async () => {
    for (const version of ['1.0.0', '1.1.0']) await t.publish('dancer', version)
    await t.install('dancer', { version: '1.0.0' })
    for (let step = 0; step < 22; step++) await update('dancer', { version: step % 2 === 0 ? '1.1.0' : '1.0.0' })
    let steps = 0
    while (
      await rollback('dancer').then(
        () => true,
        () => false,
      )
    )
      steps++
    expect(steps).toBe(20)
    expect((await refusalOf(rollback('dancer'))).code).toBe('no_previous_version')
  })

  test('leads to a version that was yanked since, with a warning', async () => {
    for (const version of ['1.0.0', '1.1.0']) await t.publish('yanked', version)
    await t.install('yanked', { version: '1.0.0' })
    await update('yanked')
    await yank('yanked', '1.0.0')
    expect((await refusalOf(update('yanked', { version: '1.0.0' }))).code).toBe('version_not_found')
    expect(await rollback('yanked')).toMatchObject({
      version: '1.0.0',
      findings: [{ code: 'version-yanked', severity: 'warning' }],
    })
  })

  test('leads to no version that was deleted', async () => {
    for (const version of ['1.0.0', '1.1.0']) await t.publish('deleted', version)
    await t.install('deleted', { version: '1.0.0' })
    await update('deleted')
    const query = { reason: 'It steals.' }
    await t.root.client.deleteVersion({ params: { pluginId: 'deleted', version: '1.0.0' }, query })
    expect(await refusalOf(rollback('deleted'))).toMatchObject({
      code: 'previous_version_deleted',
      status: 409,
      message: 'deleted 1.0.0 is there no more.',
    })
    expect((await history('deleted')).map(({ version }) => version)).toEqual(['1.1.0', '1.0.0'])
  })
})

describe('other plugins of the tenant', () => {
  beforeAll(async () => {
    for (const version of ['1.0.0', '1.1.0', '2.0.0']) await t.publish('engine', version)
    await t.publish('cabin', '1.0.0', { dependencies: { engine: '^1.1.0' } })
    await t.publish('cabin', '2.0.0', { dependencies: { engine: '^2.0.0' } })
    await t.install('engine', { version: '1.0.0' })
    await update('engine', { version: '1.1.0' })
    await t.install('cabin', { version: '1.0.0' })
  })

  test('stand in the way of versions with which they do not run', async () => {
    const refused = await refusalOf(update('engine', { version: '2.0.0' }))
    expect(refused).toMatchObject({
      code: 'plugin_needed',
      status: 409,
      message: 'Other plugins of the tenant need this one: cabin.',
      findings: [{ code: 'plugin-version-needed', message: 'cabin 1.0.0 needs engine ^1.1.0, not 2.0.0.' }],
    })
    expect((await updateOf('engine'))?.findings).toEqual(refused.findings)
    expect((await refusalOf(rollback('engine'))).code).toBe('plugin_needed')
    const needs = await refusalOf(update('cabin'))
    expect(needs.code).toBe('incompatible')
    expect(codesOf(needs.findings)).toEqual(['compatibility-dependency-version'])
  })

  test('do not, by force', async () => {
    expect((await update('engine', { version: '2.0.0' }, { force: true })).version).toBe('2.0.0')
    expect((await update('cabin')).version).toBe('2.0.0')
    expect((await refusalOf(rollback('cabin', { force: true }))).code).toBe('incompatible')
    expect((await refusalOf(rollback('engine'))).code).toBe('plugin_needed')
    expect((await rollback('engine', { force: true })).version).toBe('1.1.0')
  })
})

test('all updates of a tenant come by id and page by page', async () => {
  const { updates, total } = await t.gil.client.listInstallationUpdates({ params: { tenantId: 'globex' } })
  expect({ updates, total }).toEqual({ updates: [], total: 0 })
  for (const id of ['alpha', 'gamma', 'delta']) {
    await t.publish(id, '1.0.0')
    await t.install(id, {}, t.gil.client)
    await t.publish(id, '1.1.0')
  }
  await t.publish('fresh', '1.0.0')
  await t.install('fresh', {}, t.gil.client)
  const list = (query = {}) => t.gil.client.listInstallationUpdates({ params: { tenantId: 'globex' }, query })
  const all = await list()
  expect(all.total).toBe(3)
  expect(all.updates.map(({ pluginId, installed, version }) => [pluginId, installed, version])).toEqual(
    ['alpha', 'delta', 'gamma'].map((id) => [id, '1.0.0', '1.1.0']),
  )
  expect(await list({ skip: 1, take: 1 })).toEqual({ total: 3, updates: [all.updates[1]] })
  const params = { tenantId: 'globex', pluginId: 'gamma' }
  expect((await t.gil.client.getInstallationUpdate({ params })).update).toEqual(all.updates[2])
})

test('many updates take as many statements as one', async () => {
  const { world, close } = await openWorld(t.registry.config, () => t.registry.url)
  let statements = 0
  const db = world.db.withPlugin({
    transformQuery({ node }) {
      statements++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const countFor = async (pluginId?: string) => {
    statements = 0
    const found = await findUpdates({ ...world, db }, 'globex', await candidatesOf(db, 'globex', pluginId))
    return { found: found.length, statements }
  }
  const [one, all] = [await countFor('gamma'), await countFor()]
  await close()
  expect([one.found, all.found]).toEqual([1, 3])
  expect(one.statements).toBeGreaterThan(3)
  expect(all.statements).toBe(one.statements)
})

describe('at the same time', () => {
  test('two updates to the same version are one', async () => {
    for (const version of ['1.0.0', '1.1.0']) await t.publish('twins', version)
    await t.install('twins', { version: '1.0.0' })
    const answers = await Promise.all(Array.from({ length: 5 }, () => update('twins', { version: '1.1.0' })))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await history('twins')).map(({ action }) => action)).toEqual(['updated', 'installed'])
  })

  test('two updates to different versions follow each other, and can both be undone', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await t.publish('rivals', version)
    await t.install('rivals', { version: '1.0.0' })
    await Promise.all(['1.1.0', '1.2.0'].map((version) => update('rivals', { version })))
    const [last, first] = await history('rivals')
    expect([last?.previousVersion, first?.previousVersion]).toEqual([first?.version, '1.0.0'])
    expect((await rollback('rivals')).version).toBe(first?.version)
    expect((await rollback('rivals')).version).toBe('1.0.0')
  })

  test('an update and an uninstallation leave either nothing or are told', async () => {
    for (const version of ['1.0.0', '1.1.0']) await t.publish('leaving', version)
    for (let round = 0; round < 4; round++) {
      await t.install('leaving', { version: '1.0.0' })
      const [updated, gone] = await Promise.allSettled([
        update('leaving'),
        t.ada.client.uninstallPlugin(inAcme('leaving')),
      ])
      expect(gone.status).toBe('fulfilled')
      if (updated.status === 'rejected') expect(updated.reason.code).toBe('installation_not_found')
      expect((await refusalOf(update('leaving'))).code).toBe('installation_not_found')
    }
    expect(await t.installCount('leaving')).toBe(0)
  })

  test('two ways back go two steps, or one is told that there is none', async () => {
    for (const version of ['1.0.0', '1.1.0']) await t.publish('hasty', version)
    await t.install('hasty', { version: '1.0.0' })
    await update('hasty')
    const settled = await Promise.allSettled([rollback('hasty'), rollback('hasty')])
    const refused = settled.filter((one) => one.status === 'rejected')
    expect(refused).toMatchObject([{ reason: { code: 'no_previous_version' } }])
  })
})

test('nobody else updates, looks or goes back', async () => {
  expect((await refusalOf(update('quotes', {}, {}, t.tom.client))).code).toBe('not_allowed')
  expect((await refusalOf(rollback('quotes', {}, t.tom.client))).code).toBe('not_allowed')
  const foreign = [
    update('quotes', {}, {}, t.gil.client),
    rollback('quotes', {}, t.gil.client),
    t.gil.client.getInstallationUpdate(inAcme('quotes')),
    t.gil.client.listInstallationUpdates({ params: { tenantId: 'acme' } }),
  ]
  const refused = await Promise.all(foreign.map(refusalOf))
  expect(refused.map(({ code }) => code)).toEqual(foreign.map(() => 'tenant_not_found'))
  const missing = [update('no-such-plugin'), rollback('no-such-plugin'), updateOf('no-such-plugin')]
  for (const { code } of await Promise.all(missing.map(refusalOf))) expect(code).toBe('installation_not_found')
  const nowhere = t.root.client.listInstallationUpdates({ params: { tenantId: 'nowhere' } })
  expect((await refusalOf(nowhere)).code).toBe('tenant_not_found')
})

test('after the platform has changed, the newest version that still runs is offered, and none that does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-platform-'))
  const file = join(folder, 'platform.json')
  const platform = JSON.parse(await readFile(join(import.meta.dirname, 'platform.json'), 'utf8'))
  await writeFile(file, JSON.stringify(platform))
  const own = await startTenants({ PLEXICA_PLATFORM_FILE: file })
  for (const id of ['some', 'none']) {
    await own.publish(id, '1.0.0')
    await own.install(id)
    await own.publish(id, '1.1.0', { engines: { plexica: id === 'some' ? '>=1.0.0' : '^1.0.0' } })
    await own.publish(id, '1.2.0', { engines: { plexica: '^1.0.0' } })
  }
  await writeFile(file, JSON.stringify({ ...platform, version: '2.0.0' }))
  await own.registry.restart()
  const { client } = await own.registry.person('ada', 'tenant-admin', 'acme')

  const { updates } = await client.listInstallationUpdates({ params: { tenantId: 'acme' } })
  expect(updates.map(({ pluginId, version, compatible }) => [pluginId, version, compatible])).toEqual([
    ['none', '1.2.0', false],
    ['some', '1.1.0', true],
  ])
  expect(updates.map(({ changelog }) => changelog.map(({ version }) => version))).toEqual([
    ['1.2.0', '1.1.0'],
    ['1.1.0'],
  ])
  expect(updates.map(({ findings }) => codesOf(findings))).toEqual([['compatibility-platform-version'], []])
  for (const body of [{}, { version: '1.1.0' }]) {
    expect(await refusalOf(client.updateInstallation({ ...inAcme('none'), body }))).toMatchObject({
      code: 'incompatible',
      findings: [{ code: 'compatibility-platform-version' }],
    })
  }
  expect((await client.updateInstallation({ ...inAcme('some'), body: {} })).version).toBe('1.1.0')
  expect((await refusalOf(client.rollbackInstallation(inAcme('some')))).code).toBe('incompatible')
  await own.registry.stop()
  await rm(folder, { recursive: true })
})
