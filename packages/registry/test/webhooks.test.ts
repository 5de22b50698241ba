import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { everyRow } from './fresh-database.ts'
import { refusalOf } from './refusal-of.ts'
import { startTestRegistry } from './test-registry.ts'
import { patiently, startWithHooks } from './webhook-people.ts'

const setup = await startWithHooks()
const { registry, receiver, sue, ann, ben, tom, gil, hook } = setup
afterAll(() => setup.stop())

async function databaseUrl(): Promise<string> {
  const { database } = registry.config
  return database.engine === 'postgres' ? database.url : `sqlite:${database.path}`
}

describe('a webhook', () => {
  test('has a secret that is shown once and stands nowhere', async () => {
    const { secret, webhook, params } = await hook(ann, { description: 'Chat', eventTypes: ['version.yanked'] })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(webhook).toMatchObject({
      scope: 'plugins',
      tenantId: null,
      description: 'Chat',
      eventTypes: ['version.yanked'],
      enabled: true,
      failingSince: null,
      createdBy: 'ann',
    })
    expect(await ann.client.getWebhook({ params })).toEqual(webhook)
    expect((await ann.client.listWebhooks()).webhooks).toEqual([webhook])
    expect(await everyRow(await databaseUrl())).not.toContain(secret.slice(10, 30))
  })

  test('is its maker’s, or its tenant’s, and no stranger’s', async () => {
    const { params } = await hook(ann)
    const ofAcme = await hook(tom)
    const ada = await registry.person('ada', 'tenant-admin', 'acme')
    expect(ofAcme.webhook).toMatchObject({ scope: 'tenant', tenantId: 'acme' })
    expect(await ada.client.getWebhook({ params: ofAcme.params })).toEqual(ofAcme.webhook)
    expect((await hook(sue)).webhook).toMatchObject({ scope: 'everything', tenantId: null })
    expect((await sue.client.listWebhooks({ query: { take: 100 } })).total).toBe(3)
    for (const { client } of [ben, tom]) {
      const calls = [
        () => client.getWebhook({ params }),
        () => client.updateWebhook({ params, body: { enabled: false } }),
        () => client.deleteWebhook({ params }),
        () => client.testWebhook({ params }),
        () => client.listDeliveries({ params }),
      ]
      for (const call of calls) expect((await refusalOf(call())).code).toBe('webhook_not_found')
    }
    expect((await refusalOf(gil.client.getWebhook({ params: ofAcme.params }))).code).toBe('webhook_not_found')
    expect((await gil.client.listWebhooks()).total).toBe(0)
  })

  test('is changed and deleted', async () => {
    const { params, webhook } = await hook(ann)
    const body = { url: 'https://hooks.example.com/x', eventTypes: ['plugin.deprecated' as const], enabled: false }
    const changed = await ann.client.updateWebhook({ params, body })
    expect(changed).toMatchObject({ ...webhook, ...body, updatedAt: expect.any(String) })
    expect(await ann.client.updateWebhook({ params, body: { enabled: true } })).toMatchObject({ enabled: true })
    await ann.client.deleteWebhook({ params })
    expect((await refusalOf(ann.client.getWebhook({ params }))).code).toBe('webhook_not_found')
  })

  test('cannot be one of too many', async () => {
    const cat = await registry.person('cat', 'publisher')
    for (let count = 0; count < 20; count++) await hook(cat)
    expect((await refusalOf(hook(cat))).code).toBe('too_many_webhooks')
    expect((await hook(ann)).webhook.enabled).toBe(true)
  })
})

describe('without the settings', () => {
  test('addresses of private networks are refused, and names that lead there', async () => {
    const own = await startTestRegistry()
    onTestFinished(() => own.stop())
    const pia = await own.person('pia', 'publisher')
    for (const url of [
      receiver.url,
      `http://[::1]:${receiver.port}/`,
      'http://169.254.169.254/',
      'http://10.1.2.3/x',
    ]) {
      const refused = await refusalOf(pia.client.createWebhook({ body: { url } }))
      expect(refused).toMatchObject({ code: 'request_invalid', findings: [{ path: 'body.url' }] })
    }
    const url = `http://localhost:${receiver.port}/private`
    const params = { webhookId: (await pia.client.createWebhook({ body: { url } })).id }
    await pia.client.testWebhook({ params })
    const delivery = async () => (await pia.client.listDeliveries({ params })).deliveries[0]
    await expect.poll(delivery, patiently).toMatchObject({
      attempts: 1,
      lastStatus: null,
      lastError: 'The address is not one of the public internet.',
    })
    expect(receiver.at('/private')).toEqual([])
  })

  test('there is no webhook without a key to seal its secret with', async () => {
    const own = await startTestRegistry({ PLEXICA_SECRET_KEY: '' })
    onTestFinished(() => own.stop())
    const pia = await own.person('pia', 'publisher')
    const refused = await refusalOf(pia.client.createWebhook({ body: { url: 'https://hooks.example.com/' } }))
    expect(refused).toMatchObject({ code: 'secrets_unavailable', fix: expect.stringContaining('PLEXICA_SECRET_KEY') })
  })
})
