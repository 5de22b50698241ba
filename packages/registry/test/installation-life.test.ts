import type { ConfigSchema } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld } from '../src/open-world.ts'
import { everyRow } from './fresh-database.ts'
import { refusalOf } from './refusal-of.ts'
import { inAcme, startTenants, type Tenants } from './start-tenants.ts'

let t: Tenants
beforeAll(async () => {
  t = await startTenants()
})
afterAll(() => t.registry.stop())

const configSchema: ConfigSchema = {
  type: 'object',
  required: ['apiKey', 'region'],
  properties: {
    apiKey: { type: 'string', title: 'Key', secret: true, minLength: 8 },
    token: { type: 'string', title: 'Token', secret: true },
    region: { type: 'string', title: 'Region', enum: ['eu', 'us'] },
    perPage: { type: 'integer', title: 'Rows', minimum: 1, default: 20 },
    mail: {
      type: 'object',
      title: 'Mail',
      properties: {
        host: { type: 'string', title: 'Host', default: 'localhost' },
        password: { type: 'string', title: 'Password', secret: true },
      },
    },
  },
}
const secret = 'correct-horse-battery'
const uninstall = (pluginId: string, query = {}, client = t.ada.client) =>
  client.uninstallPlugin({ ...inAcme(pluginId), query })
const configure = (pluginId: string, configuration: Record<string, unknown>, client = t.ada.client) =>
  client.configurePlugin({ ...inAcme(pluginId), body: { configuration } })
const history = async (pluginId: string, query = {}) =>
  t.tom.client.listInstallationHistory({ ...inAcme(pluginId), query })
const installed = async () => {
  const { installations } = await t.ada.client.listInstallations({ params: { tenantId: 'acme' } })
  return installations.map(({ pluginId }) => pluginId)
}
/** The sealed texts as they stand in the table. */
const sealed = async (pluginId: string): Promise<Record<string, string>> => {
  const [row] = (await rowsOf('installations')).filter((one) => one.plugin_id === pluginId)
  return JSON.parse(row?.secrets ?? '{}')
}
const rowsOf = async (table: string): Promise<Record<string, string>[]> => {
  const { world, close } = await openWorld(t.registry.config, () => t.registry.url)
  const rows = await world.db
    .selectFrom(table as 'installations')
    .selectAll()
    .execute()
  await close()
  return rows as never
}

describe('uninstalling', () => {
  beforeAll(async () => {
    await t.publish('base', '1.0.0')
    await t.publish('upper', '1.0.0', { dependencies: { base: '^1.0.0' } })
    await t.install('base')
    await t.install('upper')
    await t.install('base', {}, t.gil.client)
  })

  test('is refused while another plugin of the tenant needs it, which is named', async () => {
    const refused = await refusalOf(uninstall('base'))
    expect(refused).toMatchObject({
      code: 'plugin_needed',
      status: 409,
      message: 'Other plugins of the tenant need this one: upper.',
      findings: [{ code: 'plugin-needed', message: 'upper 1.0.0 needs base ^1.0.0.', path: 'upper' }],
    })
    expect(await installed()).toEqual(['base', 'upper'])
    expect(await t.installCount('base')).toBe(2)
  })

  test('takes it away, and counts it no more', async () => {
    await uninstall('upper')
    await uninstall('base')
    expect(await installed()).toEqual([])
    expect([await t.installCount('base'), await t.installCount('upper')]).toEqual([1, 0])
    expect(await refusalOf(uninstall('base'))).toMatchObject({ code: 'installation_not_found', status: 404 })
    const { installations } = await t.gil.client.listInstallations({ params: { tenantId: 'globex' } })
    expect(installations).toHaveLength(1)
  })

  test('by force leaves the others, which are then told what they miss when they are installed', async () => {
    await t.install('base')
    await t.install('upper')
    await uninstall('base', { force: true })
    expect(await installed()).toEqual(['upper'])
    await uninstall('upper')
    expect(await refusalOf(t.install('upper'))).toMatchObject({
      code: 'incompatible',
      findings: [{ code: 'compatibility-dependency-missing', fix: 'Install base first.' }],
    })
  })

  test('of many who do it at once, one does', async () => {
    await t.install('base')
    const settled = await Promise.allSettled(Array.from({ length: 5 }, () => uninstall('base')))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await t.installCount('base')).toBe(1)
  })

  test('while another plugin that needs it is being installed, one of them is refused', async () => {
    for (let round = 0; round < 5; round++) {
      await t.install('base')
      const [gone, come] = await Promise.allSettled([uninstall('base'), t.install('upper')])
      expect([gone.status, come.status].sort()).toEqual(['fulfilled', 'rejected'])
      if (gone.status === 'rejected') expect(gone.reason.code).toBe('plugin_needed')
      if (come.status === 'rejected') expect(come.reason.code).toBe('incompatible')
      for (const id of await installed()) await uninstall(id, { force: true })
    }
    expect(await t.installCount('upper')).toBe(0)
  })

  test('is nobody else’s to do', async () => {
    expect((await refusalOf(uninstall('base', {}, t.tom.client))).code).toBe('not_allowed')
    expect((await refusalOf(uninstall('base', {}, t.gil.client))).code).toBe('tenant_not_found')
    const nowhere = { params: { tenantId: 'nowhere', pluginId: 'base' } }
    expect((await refusalOf(t.root.client.uninstallPlugin(nowhere))).code).toBe('tenant_not_found')
  })
})

test('installing again what the tenant has is a success, also when the version was yanked meanwhile', async () => {
  await t.publish('pinned', '1.0.0')
  const first = await t.install('pinned', { version: '1.0.0' })
  await t.pia.client.yankVersion({ params: { pluginId: 'pinned', version: '1.0.0' }, body: { reason: 'Broken.' } })
  const again = await t.install('pinned', { version: '1.0.0' })
  expect(again).toEqual({ ...first, findings: [expect.objectContaining({ code: 'version-yanked' })] })
  const other = t.install('pinned', { version: '1.0.0' }, t.gil.client)
  expect(await refusalOf(other)).toMatchObject({ code: 'version_not_found' })
  expect((await history('pinned')).total).toBe(1)
})

describe('configuring', () => {
  const initial = { apiKey: secret, region: 'eu', mail: { password: 'mail-pass-word' } }
  beforeAll(async () => {
    await t.publish('quotes', '1.0.0', { configSchema })
    await t.install('quotes', { configuration: initial })
  })

  test('replaces what can be read, and keeps secrets that are not sent', async () => {
    const before = await sealed('quotes')
    const answer = await configure('quotes', { region: 'us', mail: {} })
    expect(answer).toMatchObject({
      configuration: { region: 'us', perPage: 20, mail: { host: 'localhost' } },
      secrets: ['apiKey', 'mail.password'],
    })
    expect(await sealed('quotes')).toEqual(before)
    expect(await configure('quotes', { region: 'us', perPage: 5 })).toMatchObject({
      configuration: { region: 'us', perPage: 5 },
      secrets: ['apiKey', 'mail.password'],
    })
  })

  test('replaces a secret that is sent, and null removes one', async () => {
    const before = await sealed('quotes')
    await configure('quotes', { region: 'us', perPage: 5, apiKey: `${secret}-2`, mail: { password: null } })
    const after = await sealed('quotes')
    expect(Object.keys(after)).toEqual(['apiKey'])
    expect(after.apiKey).not.toBe(before.apiKey)
    const refused = await refusalOf(configure('quotes', { region: 'us', apiKey: null }))
    expect(refused).toMatchObject({
      code: 'configuration_invalid',
      findings: [{ message: 'configuration.apiKey is missing.' }],
    })
    expect(await sealed('quotes')).toEqual(after)
  })

  test('is checked against the installed version: all problems at once, none with a value', async () => {
    const refused = await refusalOf(configure('quotes', { apiKey: 'hunter2', region: 'mars', perPage: 0, colour: 1 }))
    expect(refused).toMatchObject({ code: 'configuration_invalid', status: 422 })
    expect(refused.findings.map(({ path }) => path).sort()).toEqual([
      'configuration.apiKey',
      'configuration.colour',
      'configuration.perPage',
      'configuration.region',
    ])
    expect(JSON.stringify([refused.message, refused.findings])).not.toMatch(/hunter2|mars/)
  })

  test('with what is there already changes nothing', async () => {
    const { total } = await history('quotes')
    const before = await configure('quotes', { region: 'us', perPage: 20, mail: {} })
    expect(await configure('quotes', { region: 'us', mail: { host: 'localhost' } })).toEqual(before)
    expect((await history('quotes')).total).toBe(total + 1)
  })

  test('at the same time loses nothing: the last one stands, and each is told', async () => {
    const { total } = await history('quotes')
    await Promise.all([31, 32, 33, 34].map((perPage) => configure('quotes', { region: 'us', perPage, mail: {} })))
    const { history: entries, total: after } = await history('quotes')
    expect(after).toBe(total + 4)
    expect(entries.slice(0, 4).map(({ changed }) => changed)).toEqual(Array(4).fill(['perPage']))
  })

  test('is nobody else’s to do, and of nothing that is not there', async () => {
    expect((await refusalOf(configure('quotes', {}, t.tom.client))).code).toBe('not_allowed')
    expect((await refusalOf(configure('quotes', {}, t.gil.client))).code).toBe('tenant_not_found')
    expect((await refusalOf(configure('upper', {}))).code).toBe('installation_not_found')
    const bare = t.ada.client.configurePlugin({ ...inAcme('quotes'), body: {} as never })
    expect((await refusalOf(bare)).code).toBe('request_invalid')
  })
})

describe('what was done', () => {
  test('is told newest first and page by page, without a value', async () => {
    await t.publish('told', '1.0.0', { configSchema })
    await t.install('told', { configuration: { apiKey: secret, region: 'eu' } })
    await configure('told', { region: 'us', token: `${secret}-token` })
    await t.ada.client.disablePlugin(inAcme('told'))
    await t.ada.client.disablePlugin(inAcme('told'))
    await t.ada.client.enablePlugin(inAcme('told'))
    const common = { version: '1.0.0', previousVersion: null, by: 'ada', at: expect.stringMatching(/^\d{4}-.*Z$/) }
    const told = await history('told')
    expect(told).toEqual({
      total: 4,
      history: [
        { ...common, action: 'enabled', changed: [] },
        { ...common, action: 'disabled', changed: [] },
        { ...common, action: 'configured', changed: ['region', 'token'] },
        { ...common, action: 'installed', changed: ['apiKey', 'perPage', 'region'] },
      ],
    })
    expect(await history('told', { skip: 1, take: 2 })).toEqual({ total: 4, history: told.history.slice(1, 3) })
  })

  test('stays told when the plugin has gone, without the values that it was configured with', async () => {
    await uninstall('told')
    const { history: entries, total } = await history('told')
    expect([total, entries[0]?.action]).toEqual([5, 'uninstalled'])
    const rows = (await rowsOf('installation_history')).filter((row) => row.plugin_id === 'told')
    expect(rows).toHaveLength(5)
    for (const row of rows) expect([row.left_configuration, row.left_secrets]).toEqual([null, null])
  })

  test('is an event each, in the same transaction, with names only', async () => {
    const common = { actor: 'ada', version: '1.0.0' }
    expect(await t.events('told')).toEqual([
      { ...common, type: 'installation.installed', data: { changed: ['apiKey', 'perPage', 'region'] } },
      { ...common, type: 'installation.configured', data: { changed: ['region', 'token'] } },
      { ...common, type: 'installation.disabled', data: {} },
      { ...common, type: 'installation.enabled', data: {} },
      { ...common, type: 'installation.uninstalled', data: {} },
    ])
    expect(await everyRow(databaseUrl())).not.toContain(secret)
  })

  test('of what the tenant never had is nothing, and nothing for others', async () => {
    await t.publish('never', '1.0.0')
    expect((await refusalOf(history('never'))).code).toBe('installation_not_found')
    expect((await refusalOf(history('no-such-plugin'))).code).toBe('installation_not_found')
    expect((await refusalOf(t.gil.client.listInstallationHistory(inAcme('told')))).code).toBe('tenant_not_found')
    expect((await refusalOf(history('told', { take: 101 }))).code).toBe('request_invalid')
  })
})

function databaseUrl(): string {
  const { database } = t.registry.config
  return database.engine === 'sqlite' ? `sqlite:${database.path}` : database.url
}
