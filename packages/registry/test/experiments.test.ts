import type { ConfigSchema } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyRow } from './fresh-database.ts'
import { refusalOf } from './refusal-of.ts'
import { inAcme, startTenants, type Tenants } from './start-tenants.ts'

let t: Tenants
beforeAll(async () => {
  t = await startTenants()
})
afterAll(() => t.registry.stop())

const text = (title: string) => ({ type: 'string', title }) as const
const configSchema: ConfigSchema = {
  type: 'object',
  required: ['apiKey', 'region'],
  properties: {
    apiKey: { ...text('Key'), secret: true },
    region: { ...text('Region'), enum: ['eu', 'us'] },
    perPage: { type: 'integer', title: 'Rows', minimum: 1, default: 20 },
    mail: { type: 'object', title: 'Mail', properties: { password: { ...text('Password'), secret: true } } },
  },
}
const secret = 'correct-horse-battery'
const begin = (pluginId: string, configuration: Record<string, unknown>, share = 50, client = t.ada.client) =>
  client.setExperiment({ ...inAcme(pluginId), body: { configuration, share } })
const end = (pluginId: string, query = {}, client = t.ada.client) =>
  client.endExperiment({ ...inAcme(pluginId), query })
const found = async (pluginId: string) => {
  const { installations } = await t.tom.client.listInstallations({ params: { tenantId: 'acme' } })
  return installations.find((one) => one.pluginId === pluginId)
}
const told = async (pluginId: string) => {
  const { history } = await t.tom.client.listInstallationHistory(inAcme(pluginId))
  return history.map(({ action, changed }) => [action, ...changed])
}
const lastEvent = async (pluginId: string) => (await t.events(pluginId)).at(-1)

async function install(id: string, schema = configSchema) {
  await t.publish(id, '1.0.0', { configSchema: schema })
  await t.install(id, { configuration: { apiKey: secret, region: 'eu' } })
}

describe('an experiment', () => {
  beforeAll(() => install('quotes'))

  test('tries a second configuration beside the first, with its defaults', async () => {
    const before = await found('quotes')
    expect(before?.experiment).toBeNull()
    const answer = await begin('quotes', { region: 'us' }, 25)
    expect(answer.configuration).toEqual({ region: 'eu', perPage: 20 })
    expect(answer.experiment).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      share: 25,
      configuration: { region: 'us', perPage: 20 },
      startedAt: answer.updatedAt,
    })
    expect(await found('quotes')).toEqual(answer)
    expect((await told('quotes'))[0]).toEqual(['experimented', 'region'])
    expect(await lastEvent('quotes')).toEqual({
      type: 'installation.experimented',
      actor: 'ada',
      version: '1.0.0',
      data: { changed: ['region'], share: 25 },
    })
  })

  test('gives way to another, which has an id of its own', async () => {
    const first = (await found('quotes'))?.experiment
    const { experiment } = await begin('quotes', { region: 'us' }, 25)
    expect(experiment?.id).not.toBe(first?.id)
    expect(experiment?.configuration).toEqual(first?.configuration)
  })

  test('is checked as the configuration is, and shares its secrets', async () => {
    const before = await found('quotes')
    const refused = await refusalOf(
      begin('quotes', { apiKey: 'hunter2', region: 'mars', perPage: 0, colour: 1, mail: { password: null } }),
    )
    expect(refused).toMatchObject({ code: 'configuration_invalid', status: 422 })
    const codes = refused.findings.map(({ code, path }) => `${code} ${path}`)
    expect(codes).toContain('experiment-secret configuration.apiKey')
    expect(codes).toContain('experiment-secret configuration.mail.password')
    expect(codes).toContain('configuration-value configuration.region')
    expect(codes).toContain('configuration-value configuration.perPage')
    expect(codes).toContain('configuration-unknown configuration.colour')
    expect(JSON.stringify([refused.message, refused.findings])).not.toMatch(/hunter2|mars/)
    expect((await refusalOf(begin('quotes', {}))).findings).toMatchObject([
      { code: 'configuration-missing', path: 'configuration.region' },
    ])
    const only = await refusalOf(begin('quotes', { region: 'us', apiKey: 'hunter2' }))
    expect(only.findings.map(({ code }) => code)).toEqual(['experiment-secret'])
    expect((await refusalOf(begin('quotes', { region: 'us' }, 101))).code).toBe('request_invalid')
    expect(await found('quotes')).toEqual(before)
  })

  test('stays when the configuration changes and while the plugin is off', async () => {
    const experiment = (await found('quotes'))?.experiment
    await t.ada.client.configurePlugin({ ...inAcme('quotes'), body: { configuration: { region: 'eu', perPage: 5 } } })
    await t.ada.client.disablePlugin(inAcme('quotes'))
    const { experiment: after } = await t.ada.client.enablePlugin(inAcme('quotes'))
    expect(after).toEqual(experiment)
  })

  test('ends with nothing changed, and ending again does nothing', async () => {
    const ended = await end('quotes')
    expect(ended).toMatchObject({ configuration: { region: 'eu', perPage: 5 }, experiment: null })
    expect((await told('quotes'))[0]).toEqual(['experimented'])
    expect((await lastEvent('quotes'))?.data).toEqual({ ended: true })
    const { length } = await told('quotes')
    expect(await end('quotes')).toEqual(ended)
    expect(await end('quotes', { adopt: true })).toEqual(ended)
    expect(await told('quotes')).toHaveLength(length)
  })

  test('that is adopted becomes the configuration, in one step', async () => {
    await begin('quotes', { region: 'us', perPage: 7 })
    const adopted = await end('quotes', { adopt: true })
    expect(adopted).toMatchObject({
      configuration: { region: 'us', perPage: 7 },
      secrets: ['apiKey'],
      experiment: null,
    })
    expect((await told('quotes'))[0]).toEqual(['configured', 'perPage', 'region'])
    expect(await lastEvent('quotes')).toMatchObject({
      type: 'installation.configured',
      data: { changed: ['perPage', 'region'] },
    })
    expect(await everyRow(databaseUrl())).not.toContain(secret)
  })

  test('is nobody else’s to begin or to end, and of nothing that is not there', async () => {
    const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code
    expect(await codeOf(begin('quotes', {}, 50, t.tom.client))).toBe('not_allowed')
    expect(await codeOf(begin('quotes', {}, 50, t.gil.client))).toBe('tenant_not_found')
    expect(await codeOf(end('quotes', {}, t.gil.client))).toBe('tenant_not_found')
    expect(await codeOf(begin('nothing', {}))).toBe('installation_not_found')
    expect(await codeOf(end('nothing'))).toBe('installation_not_found')
  })
})

describe('when the plugin changes its version', () => {
  const grown: ConfigSchema = {
    ...configSchema,
    required: ['apiKey', 'region', 'contact'],
    properties: { ...configSchema.properties, contact: { ...text('Contact'), format: 'email' } },
  }
  const update = (pluginId: string, configuration = {}) =>
    t.ada.client.updateInstallation({ ...inAcme(pluginId), body: { configuration } })
  const rollback = (pluginId: string) => t.ada.client.rollbackInstallation(inAcme(pluginId))

  test('an experiment is carried over as the configuration is, both ways', async () => {
    await install('carried')
    const { experiment } = await begin('carried', { region: 'us', perPage: 3 }, 10)
    await t.publish('carried', '1.1.0', { configSchema: grown })
    const updated = await update('carried', { contact: 'ada@acme.example', perPage: 50 })
    expect(updated.configuration).toEqual({ region: 'eu', contact: 'ada@acme.example', perPage: 50 })
    // What was given with the update fills in, and takes nothing from what is tried.
    const configuration = { region: 'us', contact: 'ada@acme.example', perPage: 3 }
    expect(updated).toMatchObject({ experiment: { ...experiment, configuration }, findings: [] })
    const back = await rollback('carried')
    expect(back).toMatchObject({ version: '1.0.0', experiment, findings: [] })
    expect(back.experiment?.configuration).toEqual({ region: 'us', perPage: 3 })
  })

  test('one that does not fit any more ends, and the answer says so', async () => {
    const { region: _, ...others } = configSchema.properties ?? {}
    const shrunk: ConfigSchema = { ...configSchema, required: ['apiKey'], properties: others }
    await install('ended')
    await t.publish('ended', '1.1.0', { configSchema: shrunk })
    await update('ended')
    await begin('ended', { perPage: 3 })
    const back = await rollback('ended')
    expect(back).toMatchObject({ version: '1.0.0', configuration: { region: 'eu' }, experiment: null })
    expect(back.findings).toMatchObject([{ code: 'experiment-ended', severity: 'warning' }])
    expect((await found('ended'))?.findings).toEqual([])
  })

  test('a plugin that was uninstalled and is installed again has none', async () => {
    await install('gone')
    await begin('gone', { region: 'us' })
    await t.ada.client.setSandbox({ ...inAcme('gone'), body: { sandboxed: true } })
    await t.ada.client.uninstallPlugin(inAcme('gone'))
    const again = await t.install('gone', { configuration: { apiKey: secret, region: 'eu' } })
    expect(again).toMatchObject({ experiment: null, sandbox: null })
  })
})

describe('a sandbox', () => {
  const setSandbox = (pluginId: string, sandboxed: boolean, client = t.ada.client) =>
    client.setSandbox({ ...inAcme(pluginId), body: { sandboxed } })
  const sandboxOf = async (pluginId: string) => (await found(pluginId))?.sandbox
  const frontend = { entry: 'dist/bundle.js' }

  test('is what a tenant says, told once', async () => {
    await t.publish('boxed', '1.0.0', { frontend })
    await t.install('boxed')
    expect(await sandboxOf('boxed')).toBeNull()
    const answer = await setSandbox('boxed', true)
    const url = `${t.registry.url}/plugins/bundles/boxed/v1.0.0/frame.html`
    expect(answer.sandbox).toEqual({ url, required: false })
    expect(await setSandbox('boxed', true)).toEqual(answer)
    expect(await told('boxed')).toEqual([['sandboxed'], ['installed']])
    expect(await lastEvent('boxed')).toMatchObject({ type: 'installation.sandboxed', data: { sandboxed: true } })
    await t.publish('boxed', '1.1.0', { frontend })
    const updated = await t.ada.client.updateInstallation({ ...inAcme('boxed'), body: {} })
    expect(updated.sandbox?.url).toBe(url.replace('1.0.0', '1.1.0'))
    expect((await setSandbox('boxed', false)).sandbox).toBeNull()
    expect((await lastEvent('boxed'))?.data).toEqual({ sandboxed: false })
  })

  test('is there whatever the tenant says where the plugin asks for it', async () => {
    await t.publish('asking', '1.0.0', { frontend: { ...frontend, sandbox: true } })
    const { sandbox } = await t.install('asking')
    expect(sandbox).toEqual({ url: expect.stringContaining('/asking/v1.0.0/frame.html'), required: true })
    expect((await setSandbox('asking', true)).sandbox).toEqual(sandbox)
    expect((await setSandbox('asking', false)).sandbox).toEqual(sandbox)
  })

  test('is none for a plugin that shows nothing', async () => {
    const backend = { entry: 'dist/backend.mjs' }
    const requiredPermissions = ['orders:read']
    await t.publish('unseen', '1.0.0', { frontend: undefined, components: undefined, backend, requiredPermissions })
    await t.install('unseen', { grantedPermissions: requiredPermissions })
    expect((await setSandbox('unseen', true)).sandbox).toBeNull()
  })

  test('has its address at the registry also where there is a CDN, signed for a private plugin', async () => {
    const far = await startTenants({ PLEXICA_CDN_URL: 'https://cdn.example' })
    const asking = { frontend: { ...frontend, sandbox: true } }
    await far.publish('open', '1.0.0', asking)
    await far.publish('hidden', '1.0.0', asking, { visibility: 'private' })
    const granted = { visibility: 'private' as const, tenants: ['acme'] }
    await far.pia.client.changePlugin({ params: { pluginId: 'hidden' }, body: granted })
    const open = await far.install('open')
    expect(open.bundle?.url).toBe('https://cdn.example/plugins/bundles/open/v1.0.0/bundle.js')
    expect(open.sandbox?.url).toBe(`${far.registry.url}/plugins/bundles/open/v1.0.0/frame.html`)
    const hidden = await far.install('hidden')
    expect(hidden.sandbox?.url).toMatch(/^http:\/\/[^/]+\/plugins\/bundles\/~[^/]+\/hidden\/v1\.0\.0\/frame\.html$/)
    expect(hidden.sandbox?.url.startsWith(far.registry.url)).toBe(true)
    await far.registry.stop()
  })

  test('is nobody else’s to set', async () => {
    expect((await refusalOf(setSandbox('boxed', true, t.tom.client))).code).toBe('not_allowed')
    expect((await refusalOf(setSandbox('boxed', true, t.gil.client))).code).toBe('tenant_not_found')
    expect((await refusalOf(setSandbox('nothing', true))).code).toBe('installation_not_found')
  })
})

function databaseUrl(): string {
  const { database } = t.registry.config
  return database.engine === 'sqlite' ? `sqlite:${database.path}` : database.url
}
