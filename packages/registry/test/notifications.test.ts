import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteReadBefore } from '../src/notifications/notification-store.ts'
import { openWorld } from '../src/open-world.ts'
import { startRegistry } from '../src/start-registry.ts'
import { happen } from './happen.ts'
import { refusalOf } from './refusal-of.ts'
import { seedPlugins } from './seed-plugins.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let sue: Person
let ann: Person
let ann2: Person
let ben: Person
let tom: Person
let ada: Person
let tess: Person
let gil: Person

const patiently = { timeout: 20_000, interval: 50 }

beforeAll(async () => {
  registry = await startTestRegistry()
  sue = await registry.person('sue', 'super-admin')
  for (const id of ['acme', 'globex', 'initech']) await sue.client.createTenant({ body: { id, name: id } })
  ann = await registry.person('ann', 'publisher')
  ann2 = await registry.person('ann2', 'publisher')
  ben = await registry.person('ben', 'publisher')
  tom = await registry.person('tom', 'tenant-admin', 'acme')
  ada = await registry.person('ada', 'tenant-admin', 'acme')
  tess = await registry.person('tess', 'tenant-user', 'acme')
  gil = await registry.person('gil', 'tenant-admin', 'globex')
  const { world, close } = await openWorld(registry.config, () => '')
  await seedPlugins(world.db, [{ manifest: { id: 'ledger' } }, { manifest: { id: 'abacus' } }])
  const added_at = world.now().toISOString()
  await world.db
    .insertInto('plugin_owners')
    .values([
      { plugin_id: 'ledger', subject: 'ann', added_at },
      { plugin_id: 'ledger', subject: 'ann2', added_at },
      { plugin_id: 'abacus', subject: 'ben', added_at },
    ])
    .execute()
  await close()
  await tom.client.installPlugin({ params: { tenantId: 'acme', pluginId: 'ledger' }, body: {} })
  await gil.client.installPlugin({ params: { tenantId: 'globex', pluginId: 'abacus' }, body: {} })
})
afterAll(() => registry.stop())

const inbox = (person: Person, query: { unread?: boolean; skip?: number; take?: number } = {}) =>
  person.client.listNotifications({ query })
const kinds = async (person: Person) =>
  (await inbox(person, { take: 100 })).notifications.map(({ kind, pluginId, version }) =>
    [kind, pluginId, version].filter(Boolean).join(' '),
  )

describe('what happens', () => {
  test('comes to the owners of the plugin and to the admins of the tenants that it concerns, and to nobody else', async () => {
    await happen(
      registry,
      { type: 'submission.created', pluginId: 'ledger', version: '1.1.0' },
      { type: 'submission.rejected', pluginId: 'ledger', version: '1.0.9', data: { reason: 'It steals.' } },
      { type: 'submission.approved', pluginId: 'ledger', version: '1.1.0' },
      { type: 'submission.approved', pluginId: 'ledger', version: '0.9.9' },
      { type: 'submission.approved', pluginId: 'ledger', version: '2.0.0-beta.1' },
      { type: 'version.affected', pluginId: 'ledger', version: '1.0.0' },
      { type: 'version.affected', pluginId: 'ledger', version: '1.1.0' },
      { type: 'version.yanked', pluginId: 'ledger', version: '1.1.0' },
      { type: 'installation.configured', pluginId: 'ledger', tenantId: 'acme' },
    )
    await tess.client.ratePlugin({ params: { pluginId: 'ledger' }, body: { stars: 4, review: 'It counts well.' } })
    const { ratings } = await ann.client.listRatings({ params: { pluginId: 'ledger' } })
    const ratingId = ratings[0]?.id ?? ''
    const report = { reason: 'spam' as const, note: '' }
    await ben.client.reportRating({ params: { pluginId: 'ledger', ratingId }, body: report })
    await ann.client.yankVersion({
      params: { pluginId: 'ledger', version: '1.0.0' },
      body: { reason: 'It loses orders.' },
    })
    await ann.client.deprecatePlugin({ params: { pluginId: 'ledger' }, body: { reason: 'It is old.' } })

    const owned = [
      'rating-reported ledger',
      'rating-created ledger 1.0.0',
      'affected ledger 1.1.0',
      'affected ledger 1.0.0',
      'approved ledger 2.0.0-beta.1',
      'approved ledger 0.9.9',
      'approved ledger 1.1.0',
      'rejected ledger 1.0.9',
      'submitted ledger 1.1.0',
    ]
    const run = ['deprecated ledger', 'yanked ledger 1.0.0', 'affected ledger 1.0.0', 'update-available ledger 1.1.0']
    await expect.poll(() => kinds(tom), patiently).toEqual(run)
    expect(await kinds(ann)).toEqual(owned)
    expect(await kinds(ann2)).toEqual(owned)
    expect(await kinds(ada)).toEqual(run)
    for (const person of [ben, tess, gil, sue]) expect(await inbox(person)).toMatchObject({ total: 0, unread: 0 })
  })

  test('is told with what belongs to it, and without who it was', async () => {
    const { notifications } = await inbox(ann, { take: 100 })
    expect(notifications.find(({ kind }) => kind === 'rejected')).toEqual({
      id: expect.any(Number),
      kind: 'rejected',
      for: 'you',
      pluginId: 'ledger',
      version: '1.0.9',
      data: { reason: 'It steals.' },
      at: expect.stringMatching(/Z$/),
      read: false,
    })
    expect(JSON.stringify(notifications)).not.toMatch(/tess|acme|ben/)
    expect((await inbox(tom)).notifications[0]).toMatchObject({ for: 'tenant', data: { reason: 'It is old.' } })
  })

  test('comes once, however many processes follow', async () => {
    const before = await kinds(tom)
    const others = [
      await startRegistry({ ...registry.config, port: 0 }),
      await startRegistry({ ...registry.config, port: 0 }),
    ]
    const events = Array.from({ length: 10 }, () => ({ type: 'plugin.deprecated' as const, pluginId: 'ledger' }))
    await happen(registry, ...events)
    await expect.poll(async () => (await inbox(tom)).total, patiently).toBeGreaterThanOrEqual(before.length + 10)
    for (const { stop } of others) await stop()
    expect(await kinds(tom)).toEqual([...events.map(() => 'deprecated ledger'), ...before])
  })
})

describe('an inbox', () => {
  test('is read page by page, and by each admin for themselves', async () => {
    const { notifications, total, unread } = await inbox(tom, { take: 2 })
    expect({ length: notifications.length, total, unread }).toEqual({ length: 2, total: 14, unread: 14 })
    const notificationId = notifications[1]?.id ?? 0
    for (let times = 0; times < 2; times++) await tom.client.readNotification({ params: { notificationId } })
    expect(await inbox(tom, { take: 1, skip: 1 })).toMatchObject({
      notifications: [{ read: true }],
      unread: 13,
      total: 14,
    })
    const left = await inbox(tom, { unread: true })
    expect([left.total, left.notifications.some(({ id }) => id === notificationId)]).toEqual([13, false])
    expect(await inbox(ada)).toMatchObject({ unread: 14 })
  })

  test('is read whole', async () => {
    await tom.client.readAllNotifications()
    await tom.client.readAllNotifications()
    expect(await inbox(tom)).toMatchObject({ total: 14, unread: 0 })
    expect(await inbox(ada)).toMatchObject({ total: 14, unread: 14 })
  })

  test('has nothing of other people’s', async () => {
    const notificationId = (await inbox(ada)).notifications[0]?.id ?? 0
    for (const { client } of [gil, tess]) {
      const refused = await refusalOf(client.readNotification({ params: { notificationId } }))
      expect(refused.code).toBe('notification_not_found')
      await client.readAllNotifications()
    }
    expect(await inbox(ada)).toMatchObject({ unread: 14 })
  })

  test('forgets what was read long ago, and nothing else', async () => {
    const { world, close } = await openWorld(registry.config, () => '')
    const before = (await inbox(ann)).total
    await deleteReadBefore(world.db, '2020-01-01T00:00:00.000Z')
    expect(await inbox(tom)).toMatchObject({ total: 14 })
    await deleteReadBefore(world.db, '2999-01-01T00:00:00.000Z')
    await close()
    expect(await inbox(tom)).toMatchObject({ total: 0 })
    expect((await inbox(ann)).total).toBe(before)
  })
})
