import type { BodyOf, PluginTelemetry, Routes } from '@plexica/api'
import { createClient } from '@plexica/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld } from '../src/open-world.ts'
import { deleteTelemetryBefore } from '../src/telemetry/telemetry-store.ts'
import { refusalOf } from './refusal-of.ts'
import { inAcme, startTenants, type Tenants } from './start-tenants.ts'

let t: Tenants
beforeAll(async () => {
  t = await startTenants()
})
afterAll(() => t.registry.stop())

type Report = BodyOf<Routes['reportTelemetry']>['reports'][number]
const report = (
  reports: readonly (Partial<Report> & { pluginId: string })[],
  client = t.tom.client,
  tenantId = 'acme',
) =>
  client.reportTelemetry({
    params: { tenantId },
    body: { reports: reports.map((one) => ({ version: '1.0.0', variant: 'a', ...one })) },
  })
const ofTenant = async (pluginId: string, query = {}) =>
  (await t.tom.client.getTenantTelemetry({ ...inAcme(pluginId), query })).telemetry
const ofAll = async (pluginId: string, query = {}) =>
  (await t.pia.client.getPluginTelemetry({ params: { pluginId }, query })).telemetry
const failed = ({ errors }: PluginTelemetry) => errors.map(({ code, component, count }) => [code, component, count])
const today = () => new Date().toISOString().slice(0, 10)

async function install(id: string) {
  await t.publish(id, '1.0.0')
  await t.install(id)
}

describe('what pages tell', () => {
  beforeAll(() => install('shown'))

  test('is nothing at first', async () => {
    const answer = await t.tom.client.getTenantTelemetry(inAcme('shown'))
    expect(answer).toMatchObject({ pluginId: 'shown', to: today(), telemetry: [] })
    expect(Date.parse(answer.to) - Date.parse(answer.from)).toBe(6 * 86_400_000)
    expect(await ofAll('shown')).toEqual([])
  })

  test('adds up by version and variant, times to the nearest bucket', async () => {
    await report([{ pluginId: 'shown', loads: [40, 50, 45], renders: Array.from({ length: 95 }, () => 4) }])
    await report([{ pluginId: 'shown', renders: Array.from({ length: 5 }, () => 900) }])
    await report([{ pluginId: 'shown', variant: 'b', loads: [2_000] }])
    const [a, b, ...others] = await ofTenant('shown')
    expect(others).toEqual([])
    expect(a).toMatchObject({ version: '1.0.0', variant: 'a', load: { count: 3 }, render: { count: 100 }, errors: [] })
    expect(a?.load.p50).toBeGreaterThan(32)
    expect(a?.load.p50).toBeLessThan(58)
    expect(a?.render.p95).toBeGreaterThan(3)
    expect(a?.render.p95).toBeLessThan(6)
    expect(b).toMatchObject({ variant: 'b', load: { count: 1 }, render: { count: 0, p50: null, p95: null } })
    expect(await ofAll('shown')).toEqual([a, b])
  })

  test('of failures is how often, the most frequent first, with the last message for the tenant alone', async () => {
    const message = (n: number) => `cannot read order ${n} of Mrs Smith\u001b[2J`
    const errors = [1, 2, 3].map((n) => ({ code: 'render_failed', component: 'Card', message: message(n) }))
    await report([{ pluginId: 'shown', errors }])
    await report([{ pluginId: 'shown', errors: [{ code: 'bundle_threw', message: 'boom' }] }])
    const [a] = await ofTenant('shown')
    expect(a?.errors).toEqual([
      { code: 'render_failed', component: 'Card', count: 3, message: 'cannot read order 3 of Mrs Smith [2J' },
      { code: 'bundle_threw', component: null, count: 1, message: 'boom' },
    ])
    const [all] = await ofAll('shown')
    expect(all?.errors).toEqual([
      { code: 'render_failed', component: 'Card', count: 3, message: 'render failed' },
      { code: 'bundle_threw', component: null, count: 1, message: 'bundle threw' },
    ])
  })

  test('of several tenants stands together for the owners, and apart for each tenant', async () => {
    await t.install('shown', {}, t.gil.client)
    const before = (await ofTenant('shown'))[0]
    await report(
      [{ pluginId: 'shown', loads: [45], errors: [{ code: 'bundle_threw', message: 'globex' }] }],
      t.gil.client,
      'globex',
    )
    expect((await ofTenant('shown'))[0]).toEqual(before)
    const [all] = await ofAll('shown')
    expect(all?.load.count).toBe(4)
    expect(failed(all as PluginTelemetry)).toEqual([
      ['render_failed', 'Card', 3],
      ['bundle_threw', null, 2],
    ])
    const globex = { params: { tenantId: 'globex', pluginId: 'shown' } }
    expect((await t.gil.client.getTenantTelemetry(globex)).telemetry).toMatchObject([
      { load: { count: 1 }, errors: [{ count: 1, message: 'globex' }] },
    ])
    expect(JSON.stringify(await ofAll('shown'))).not.toMatch(/acme|globex/)
  })

  test('by versions comes the newest first, one that a page still shows after an update included', async () => {
    await t.publish('shown', '1.10.0')
    await t.publish('shown', '1.9.0')
    for (const version of ['1.9.0', '1.10.0']) {
      await t.ada.client.updateInstallation({ ...inAcme('shown'), body: { version } })
    }
    await report(['1.0.0', '1.9.0', '1.10.0'].map((version) => ({ pluginId: 'shown', version, loads: [5] })))
    expect((await ofTenant('shown')).map(({ version, variant }) => `${version} ${variant}`)).toEqual([
      '1.10.0 a',
      '1.9.0 a',
      '1.0.0 a',
      '1.0.0 b',
    ])
  })

  test('is dropped where the tenant has no such plugin or version, and the rest is kept', async () => {
    await t.publish('absent', '1.0.0')
    await t.publish('shown', '2.0.0')
    await install('kept')
    await report([
      { pluginId: 'absent', loads: [5] },
      { pluginId: 'no-such-plugin', loads: [5] },
      { pluginId: 'shown', version: '2.0.0', loads: [5] },
      { pluginId: 'shown', version: '9.9.9', loads: [5] },
      { pluginId: 'kept', loads: [5] },
    ])
    expect(await ofTenant('kept')).toHaveLength(1)
    expect(await ofAll('absent')).toEqual([])
    expect((await ofAll('shown')).map(({ version }) => version)).not.toContain('2.0.0')
    await t.ada.client.uninstallPlugin(inAcme('kept'))
    await report([{ pluginId: 'kept', loads: [5] }])
    expect((await ofAll('kept'))[0]?.load.count).toBe(1)
  })

  test('of many pages at once loses nothing', async () => {
    await install('busy')
    await install('busier')
    const page = (n: number) => {
      const both = ['busy', 'busier'].map((pluginId) => ({
        pluginId,
        loads: [1, 10, 100],
        errors: [{ code: 'render_failed', component: 'Card', message: `${n}` }],
      }))
      return report(n % 2 === 0 ? both : both.toReversed())
    }
    await Promise.all(Array.from({ length: 40 }, (_, n) => page(n)))
    for (const id of ['busy', 'busier']) {
      const [found] = await ofTenant(id)
      expect(found).toMatchObject({ load: { count: 120 }, errors: [{ count: 40 }] })
    }
  })

  test('is bounded, however many errors somebody invents', async () => {
    await install('flooded')
    for (let from = 0; from < 300; from += 20) {
      const errors = Array.from({ length: 20 }, (_, n) => ({
        code: 'render_failed',
        component: `Card${from + n}`,
        message: '',
      }))
      await report([{ pluginId: 'flooded', errors }])
    }
    const [found] = await ofTenant('flooded')
    expect(found?.errors).toHaveLength(20)
    expect(found?.errors[0]).toMatchObject({ code: 'render_failed', component: null, count: 250 })
  })
})

describe('who tells and who reads', () => {
  beforeAll(() => install('asked'))
  const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

  test('a tenant’s pages tell, also with a key for nothing else', async () => {
    const { key } = await t.ada.client.createKey({
      body: { subject: 'ada', role: 'tenant-user', tenantId: 'acme', permissions: ['telemetry:report'] },
    })
    const page = createClient({ url: t.registry.url, token: key })
    await report([{ pluginId: 'asked', loads: [5] }], page)
    expect(await codeOf(page.getTenantTelemetry(inAcme('asked')))).toBe('key_scope')
    expect(await codeOf(report([{ pluginId: 'asked' }], t.gil.client))).toBe('tenant_not_found')
    expect(await codeOf(report([{ pluginId: 'asked' }], t.pia.client))).toBe('tenant_not_found')
    expect(await codeOf(report([{ pluginId: 'asked' }], t.registry.anonymous()))).toBe('key_missing')
    expect(await codeOf(report([{ pluginId: 'asked' }], t.root.client, 'nowhere'))).toBe('tenant_not_found')
  })

  test('a tenant reads its own, owners and super-admins that of all', async () => {
    const params = { pluginId: 'asked' }
    const stranger = await t.registry.person('sam', 'publisher')
    expect((await t.root.client.getPluginTelemetry({ params })).telemetry).toHaveLength(1)
    expect(await codeOf(stranger.client.getPluginTelemetry({ params }))).toBe('not_owner')
    expect(await codeOf(t.ada.client.getPluginTelemetry({ params }))).toBe('not_allowed')
    expect(await codeOf(t.gil.client.getTenantTelemetry(inAcme('asked')))).toBe('tenant_not_found')
    expect(await codeOf(t.tom.client.getTenantTelemetry(inAcme('nothing')))).toBe('installation_not_found')
    expect(await codeOf(t.root.client.getPluginTelemetry({ params: { pluginId: 'nothing' } }))).toBe('plugin_not_found')
  })

  test('of what is not of the form that a page tells, nothing is kept', async () => {
    const refused = [
      { loads: [600_001] },
      { loads: [-1] },
      { variant: 'c' },
      { errors: [{ code: 'Boom!', message: '' }] },
    ]
    for (const one of refused) {
      expect(await codeOf(report([{ pluginId: 'asked', ...(one as Partial<Report>) }]))).toBe('request_invalid')
    }
    expect(await codeOf(report([]))).toBe('request_invalid')
    expect((await ofTenant('asked'))[0]?.load.count).toBe(1)
  })

  test('90 days at most are asked for', async () => {
    const from = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
    expect(await ofTenant('asked', { from: from(89) })).toHaveLength(1)
    expect(await codeOf(ofTenant('asked', { from: from(91) }))).toBe('request_invalid')
    expect(await ofTenant('asked', { from: '2020-01-01', to: '2020-01-02' })).toEqual([])
  })

  test('telling is no change, and does not stand in the audit; being refused does', async () => {
    const audited = async (outcome: 'done' | 'refused') =>
      (await t.root.client.listAudit({ query: { operation: 'reportTelemetry', outcome } })).rows.length
    await expect.poll(() => audited('refused'), { timeout: 10_000 }).toBeGreaterThan(0)
    expect(await audited('done')).toBe(0)
  })
})

test('what is old is forgotten, the days that are kept are not', async () => {
  await install('old')
  await report([{ pluginId: 'old', loads: [5], errors: [{ code: 'bundle_threw', message: 'boom' }] }])
  const { world, close } = await openWorld(t.registry.config, () => t.registry.url)
  await deleteTelemetryBefore(world.db, today())
  expect(await ofTenant('old')).toMatchObject([{ load: { count: 1 }, errors: [{ count: 1 }] }])
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  await deleteTelemetryBefore(world.db, tomorrow)
  await close()
  expect(await ofTenant('old')).toEqual([])
})
