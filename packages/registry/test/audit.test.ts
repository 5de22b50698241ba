import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { newApiKey } from '../src/auth/api-key.ts'
import { connect } from '../src/db/connect.ts'
import { refusalOf } from './refusal-of.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let root: Person
let pia: Person
let ada: Person
let gil: Person

beforeAll(async () => {
  registry = await startTestRegistry({ PLEXICA_TRUST_PROXY: '1' })
  root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex']) await root.client.createTenant({ body: { id, name: `${id} of the test` } })
  pia = await registry.person('pia', 'publisher')
  ada = await registry.person('ada', 'tenant-admin', 'acme')
  gil = await registry.person('gil', 'tenant-admin', 'globex')
})
afterAll(() => registry.stop())

type Query = NonNullable<Parameters<Person['client']['listAudit']>[0]>['query']
const audit = async (query: NonNullable<Query> = {}) =>
  (await root.client.listAudit({ query: { take: 100, ...query } })).rows
const call = (path: string, { key, ...init }: RequestInit & { key?: string } = {}) =>
  fetch(registry.url + path, {
    ...init,
    headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...(init.headers as Record<string, string>) },
  })

/** A tenant's plugin from its installation to its end, a key, a webhook, and what reviewers and moderators do. */
async function changesOfAllKinds() {
  const send = (version: string) =>
    sendPackage(
      registry,
      pia,
      goodPackage({
        manifest: { id: 'audited', version, requiredPermissions: [] },
        files: { 'dist/backend.mjs': 'export {}' },
      }),
    )
  const first = await send('1.0.0')
  const body = { version: '1.0.0', digest: first.answer.digest }
  const ofPlugin = { params: { pluginId: 'audited' } }
  await root.client.approveVersion({ ...ofPlugin, body })
  const params = { tenantId: 'acme', pluginId: 'audited' }
  await ada.client.installPlugin({ params, body: { version: 'latest' } })
  const submissionId = (await send('1.1.0')).answer.submission ?? ''
  await root.client.claimSubmission({ params: { submissionId }, body: {} })
  await root.client.releaseSubmission({ params: { submissionId } })
  await root.client.approveSubmission({ params: { submissionId } })
  await pia.client.setChannel({ params: { ...ofPlugin.params, tag: 'stable' }, body: { version: '1.1.0' } })
  await ada.client.updateInstallation({ params, body: {} })
  await ada.client.disablePlugin({ params })
  const { id: ratingId } = await ada.client.ratePlugin({ ...ofPlugin, body: { stars: 2 } })
  await root.client.moderateRating({ params: { ratingId }, body: { action: 'hide', reason: 'Spam.' } })
  await ada.client.rollbackInstallation({ params })
  await ada.client.uninstallPlugin({ params })
  const ben = { subject: 'ben', role: 'tenant-user', tenantId: 'acme' } as const
  const { id: keyId } = await root.client.createKey({ body: ben })
  await root.client.revokeKey({ params: { keyId } })
  const { id: webhookId } = await ada.client.createWebhook({ body: { url: 'https://hooks.example.com/' } })
  return {
    installations: [
      ['installPlugin', '1.0.0'],
      ['updateInstallation', '1.1.0'],
      ['disablePlugin', '1.1.0'],
      ['rollbackInstallation', '1.0.0'],
      ['uninstallPlugin', '1.0.0'],
    ] as const,
    moderation: ['moderateRating'],
    keys: { keyId, subject: 'ben' },
    webhooks: { webhookId },
  }
}

describe('what is written', () => {
  test('of a change: who, what, on what, when, from where, and what came of it', async () => {
    const keyId = (await pia.client.whoami()).keyId
    const response = await call('/api/plugins', {
      method: 'POST',
      key: pia.key,
      headers: { 'content-type': 'application/gzip', 'x-forwarded-for': '203.0.113.7' },
      body: goodPackage({ manifest: { id: 'written' } }) as Uint8Array<ArrayBuffer>,
    })
    expect(response.status).toBe(201)
    const [row] = await audit()
    expect(row).toEqual({
      number: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      actor: 'pia',
      role: 'publisher',
      keyId,
      actorTenantId: null,
      address: '203.0.113.7',
      operation: 'publishPlugin',
      pluginId: 'written',
      version: '1.0.0',
      tenantId: null,
      params: { pluginId: 'written', version: '1.0.0' },
      outcome: 'done',
      status: 201,
      code: null,
      requestId: response.headers.get('x-request-id'),
      calls: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test('of a refusal: to look and to change, at the door and behind it', async () => {
    await refusalOf(ada.client.listKeys({ query: { skip: 1 } }).then(() => ada.client.listAudit()))
    await refusalOf(ada.client.listInstallations({ params: { tenantId: 'globex' } }))
    await refusalOf(pia.client.createTenant({ body: { id: 'mine', name: 'Mine' } }))
    await registry
      .person('bob', 'publisher')
      .then(({ client }) =>
        refusalOf(client.deprecatePlugin({ params: { pluginId: 'written' }, body: { reason: 'Mine.' } })),
      )
    const rows = (await audit({ outcome: 'refused' })).map(({ actor, operation, pluginId, tenantId, status, code }) =>
      [actor, operation, pluginId ?? tenantId, status, code].join(' '),
    )
    expect(rows).toEqual(
      expect.arrayContaining([
        'ada listAudit acme 403 not_allowed',
        'ada listInstallations globex 404 tenant_not_found',
        'pia createTenant  403 not_allowed',
        'bob deprecatePlugin written 403 not_owner',
      ]),
    )
  })

  test('of a change behind an address that does not name it all: plugin, version and tenant', async () => {
    const { installations, keys, moderation, webhooks } = await changesOfAllKinds()
    const named = async (operation: string) =>
      (await audit({ operation, outcome: 'done' }))
        .filter(({ pluginId }) => pluginId !== 'written')
        .map(({ pluginId, version, tenantId }) => [pluginId, version, tenantId])
    for (const [operation, version] of installations) {
      expect([operation, await named(operation)]).toEqual([operation, [['audited', version, 'acme']]])
    }
    for (const operation of moderation) {
      expect([operation, (await named(operation)).map(([pluginId]) => pluginId)]).toEqual([operation, ['audited']])
    }
    expect(await named('setChannel')).toEqual([['audited', '1.1.0', null]])
    for (const operation of ['claimSubmission', 'releaseSubmission', 'approveSubmission']) {
      expect([operation, await named(operation)]).toEqual([operation, [['audited', '1.1.0', null]]])
    }
    for (const operation of ['createKey', 'revokeKey']) {
      const rows = await audit({ operation, outcome: 'done', tenantId: 'acme' })
      expect(rows.map(({ params }) => params)).toEqual([{ ...keys, role: 'tenant-user', tenantId: 'acme' }])
    }
    expect((await audit({ operation: 'createWebhook' }))[0]).toMatchObject({ tenantId: 'acme', params: webhooks })
  })

  test('of a caller whom nobody knows: that they were not let in', async () => {
    await call('/api/keys', { key: newApiKey(), headers: { 'x-forwarded-for': '2001:db8::1' } })
    const [row] = await audit({ operation: 'listKeys', outcome: 'refused' })
    expect(row).toMatchObject({
      actor: 'anonymous',
      role: null,
      keyId: null,
      code: 'key_invalid',
      address: '2001:db8::1',
    })
  })

  test('not of those who look at what they may, nor of what is simply not there', async () => {
    const last = (await audit({ take: 1 }))[0]?.number
    await call('/api/plugins')
    await call('/api/plugins/nothing', { key: pia.key })
    await ada.client.listInstallations({ params: { tenantId: 'acme' } })
    expect((await audit({ take: 1 }))[0]?.number).toBe(last)
  })

  test('never what was sent, nor a secret', async () => {
    const secret = 'hunter2-and-more'
    await root.client.createKey({ body: { subject: 'x', role: 'publisher', description: secret } })
    await refusalOf(root.client.createTenant({ body: { id: 'acme', name: secret } }))
    await call(`/api/tenants/acme/plugins?token=${secret}`, { key: newApiKey() })
    // As somebody does who takes the key for its id.
    await refusalOf(root.client.revokeKey({ params: { keyId: pia.key } }))
    await audit()
    const { database } = registry.config
    const db = connect(database)
    const text = JSON.stringify(await db.selectFrom('audit').selectAll().execute())
    await db.destroy()
    expect(text).toContain('createKey')
    expect(text).toContain('revokeKey')
    for (const word of [secret, 'plx_', pia.key.slice(4)]) expect(text).not.toContain(word)
  })

  test('also of a part of an address that no route takes, made readable', async () => {
    await call(`/api/plugins/${encodeURIComponent('a\u0000b\u001b[2J')}/deprecate`, { method: 'POST' })
    await call(`/api/plugins/${'x'.repeat(5_000)}/deprecate`, { method: 'POST' })
    const rows = await audit({ operation: 'deprecatePlugin', actor: 'anonymous' })
    expect(rows.map(({ pluginId }) => pluginId).toSorted()).toEqual(['a?b?[2J', 'x'.repeat(200)])
  })
})

test('a flood of refused calls becomes a few rows, which count it', async () => {
  const before = (await audit({ take: 1 }))[0]?.number ?? 0
  const headers = { 'x-forwarded-for': '198.51.100.9' }
  const started = performance.now()
  for (let at = 0; at < 600; at += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, more) =>
        call(`/api/plugins/plugin-${at + more}/deprecate`, { method: 'POST', headers }),
      ),
    )
  }
  const rows = (await audit()).filter(({ number }) => number > before)
  expect(rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(600)
  // Of one caller, twenty-one rows go into each second at most.
  const seconds = Math.ceil((performance.now() - started) / 1_000)
  expect(rows.length).toBeLessThanOrEqual(21 * (seconds + 1))
  expect(rows.some(({ operation, calls }) => operation === '*' && calls > 1)).toBe(true)
})

describe('reading it', () => {
  test('goes from the newest back, page by page, without a gap', async () => {
    const pages = []
    for (let before: number | undefined; ; ) {
      const { rows, next } = await root.client.listAudit({ query: { take: 7, ...(before ? { before } : {}) } })
      pages.push(...rows)
      if (next === null) break
      before = next
    }
    expect(pages.map(({ number }) => number)).toEqual(pages.map((_, at) => pages.length - at))
  })

  test('narrows by every field at once', async () => {
    await root.client.createTenant({ body: { id: 'initech', name: 'Initech' } })
    const [made] = await audit({ actor: 'root', operation: 'createTenant', tenantId: 'initech', outcome: 'done' })
    expect(made).toMatchObject({ params: { tenantId: 'initech' } })
    const at = made?.at ?? ''
    const later = new Date(new Date(at).valueOf() + 1).toISOString()
    const operation = 'createTenant'
    expect((await audit({ operation, from: at, to: later })).map(({ number }) => number)).toEqual([made?.number])
    expect(await audit({ operation, from: later })).toEqual([])
    expect((await audit({ pluginId: 'written' })).map((row) => row.operation)).toContain('publishPlugin')
    const second = refusalOf(root.client.listAudit({ query: { from: '2026-12-31T23:59:60Z' } }))
    expect(await second).toMatchObject({ code: 'request_invalid', findings: [{ path: 'query.from' }] })
  })

  test('is for super-admins; a tenant’s admin reads what concerns the tenant', async () => {
    for (const { client } of [pia, ada]) expect(await refusalOf(client.listAudit())).toMatchObject({ status: 403 })
    await refusalOf(gil.client.listInstallations({ params: { tenantId: 'acme' } }))
    await refusalOf(ada.client.installPlugin({ params: { tenantId: 'acme', pluginId: 'no-such' }, body: {} as never }))
    const { rows } = await ada.client.listTenantAudit({ params: { tenantId: 'acme' }, query: { take: 100 } })
    expect(new Set(rows.map(({ tenantId }) => tenantId))).toEqual(new Set(['acme']))
    expect(rows.map(({ actor }) => actor)).not.toContain('gil')
    expect(rows.find(({ operation }) => operation === 'installPlugin')).toMatchObject({
      actor: 'ada',
      address: expect.stringContaining('127.0.0.1'),
      keyId: (await ada.client.whoami()).keyId,
    })
    // Who runs the registry is named, not where from.
    expect(rows.find(({ operation }) => operation === 'createTenant')).toMatchObject({
      actor: 'root',
      address: null,
      keyId: null,
    })
    expect(await refusalOf(ada.client.listTenantAudit({ params: { tenantId: 'globex' } }))).toMatchObject({
      code: 'tenant_not_found',
    })
  })
})

test('an address is what the proxies say only where there are proxies', async () => {
  const open = await startTestRegistry()
  try {
    await fetch(`${open.url}/api/keys`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    const sue = await open.person('sue', 'super-admin')
    expect((await sue.client.listAudit()).rows).toMatchObject([{ operation: 'listKeys', address: '127.0.0.1' }])
  } finally {
    await open.stop()
  }
})

test('a package is published once, and the audit says so, when many send it at the same time', async () => {
  const bytes = goodPackage({ manifest: { id: 'at-once' } })
  const sent = await Promise.all(Array.from({ length: 5 }, () => sendPackage(registry, pia, bytes)))
  const rows = await audit({ pluginId: 'at-once' })
  expect(rows.map(({ status }) => status)).toEqual(sent.map(({ status }) => status))
})
