import { createClient } from '@plexica/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { refusalOf } from './refusal-of.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let root: Person
let pia: Person

type Wanted = Parameters<Person['client']['createKey']>[0]['body']

/** A narrowed key, made over HTTP by somebody who has a wider one. */
async function narrowed(maker: Person, body: Wanted): Promise<Person> {
  const { key } = await maker.client.createKey({ body })
  return { key, client: createClient({ url: registry.url, token: key }) }
}

beforeAll(async () => {
  registry = await startTestRegistry()
  root = await registry.person('root', 'super-admin')
  pia = await registry.person('pia', 'publisher')
  for (const id of ['first', 'second']) {
    expect((await sendPackage(registry, pia, goodPackage({ manifest: { id } }))).status).toBe(201)
  }
})
afterAll(() => registry.stop())

describe('a key that was narrowed to permissions', () => {
  test('does those, and is told which one is missing for others', async () => {
    const robot = await narrowed(pia, { subject: 'pia', role: 'publisher', permissions: ['plugin:publish'] })
    const sent = await sendPackage(registry, robot, goodPackage({ manifest: { id: 'first', version: '1.1.0' } }))
    expect(sent.status).toBe(201)
    const refused = await refusalOf(robot.client.addOwner({ params: { pluginId: 'first', subject: 'bob' } }))
    expect(refused).toMatchObject({
      code: 'key_scope',
      status: 403,
      message: 'This needs plugin:manage; your key was narrowed to plugin:publish.',
    })
    expect(await refusalOf(robot.client.createKey({ body: { subject: 'pia', role: 'publisher' } }))).toMatchObject({
      code: 'key_scope',
    })
  })

  test('sees as a stranger what it may not read', async () => {
    const robot = await narrowed(pia, { subject: 'pia', role: 'publisher', permissions: ['plugin:publish'] })
    const reader = await narrowed(pia, { subject: 'pia', role: 'publisher', permissions: ['plugin:read-drafts'] })
    const look = { params: { pluginId: 'first' } }
    expect(await refusalOf(robot.client.getPlugin(look))).toMatchObject({ code: 'plugin_not_found' })
    expect(await reader.client.getPlugin(look)).toMatchObject({ id: 'first' })
  })

  test('learns from the answer what would have been enough', async () => {
    const robot = await narrowed(pia, { subject: 'pia', role: 'publisher', permissions: ['plugin:publish'] })
    const response = await fetch(`${registry.url}/api/keys`, { headers: { authorization: `Bearer ${robot.key}` } })
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer realm="plexica", error="insufficient_scope", scope="key:manage"',
    )
  })

  test('gains nothing that its role does not have', async () => {
    const robot = await narrowed(pia, { subject: 'pia', role: 'publisher', permissions: ['review:decide'] })
    const body = { version: '1.0.0', digest: `sha256-${'0'.repeat(64)}` }
    expect(await refusalOf(robot.client.approveVersion({ params: { pluginId: 'first' }, body }))).toMatchObject({
      code: 'not_allowed',
    })
  })
})

describe('a key that was narrowed to plugins', () => {
  test('publishes, manages and sees those alone', async () => {
    const robot = await narrowed(pia, { subject: 'pia', role: 'publisher', plugins: ['first'] })
    const upload = (id: string, path?: string) =>
      sendPackage(registry, robot, goodPackage({ manifest: { id, version: '1.2.0' } }), path ? { path } : {})
    expect((await upload('first')).status).toBe(201)
    const others = [
      await upload('second'),
      await upload('second', '/api/plugins/second/versions'),
      await upload('free'),
    ]
    expect(others.map(({ status, problem }) => `${status} ${problem.code}`)).toEqual(Array(3).fill('403 key_scope'))
    expect(others[0]?.problem.detail).toBe('Your key was narrowed to first; this is about second.')
    const deprecate = { params: { pluginId: 'second' }, body: { reason: 'Old.' } }
    expect(await refusalOf(robot.client.deprecatePlugin(deprecate))).toMatchObject({ code: 'key_scope' })
    expect(await refusalOf(robot.client.getPlugin({ params: { pluginId: 'second' } }))).toMatchObject({
      code: 'plugin_not_found',
    })
    expect(await robot.client.getPlugin({ params: { pluginId: 'first' } })).toMatchObject({ id: 'first' })
  })

  test('sees the submissions of those alone', async () => {
    const robot = await narrowed(pia, { subject: 'pia', role: 'publisher', plugins: ['first'] })
    expect(await refusalOf(robot.client.listSubmissions())).toMatchObject({ code: 'key_scope' })
    const first = await robot.client.listSubmissions({ query: { pluginId: 'first' } })
    expect(new Set(first.submissions.map(({ pluginId }) => pluginId))).toEqual(new Set(['first']))
    const [own] = first.submissions
    const [foreign] = (await pia.client.listSubmissions({ query: { pluginId: 'second' } })).submissions
    const look = (submissionId = '') => robot.client.getSubmission({ params: { submissionId } })
    expect(await look(own?.id)).toMatchObject({ pluginId: 'first' })
    expect(await refusalOf(look(foreign?.id))).toMatchObject({ code: 'submission_not_found' })
  })

  test('does nothing that is not about a plugin, even for a super-admin', async () => {
    const robot = await narrowed(root, { subject: 'root', role: 'super-admin', plugins: ['first'] })
    const calls = [
      robot.client.createTenant({ body: { id: 'acme', name: 'Acme' } }),
      robot.client.listTenants(),
      robot.client.listAudit(),
    ]
    const refused = await Promise.all(calls.map(refusalOf))
    expect(refused.map(({ code }) => code)).toEqual(calls.map(() => 'key_scope'))
    expect(refused[0]?.message).toBe('Your key was narrowed to first; this is about none of them alone.')
  })
})

describe('private plugins', () => {
  const listed = async ({ client }: Person) => (await client.listPlugins()).plugins.map(({ id }) => id)

  beforeAll(async () => {
    for (const id of ['inner', 'outer']) {
      const path = '/api/plugins?visibility=private'
      const { answer } = await sendPackage(registry, pia, goodPackage({ manifest: { id } }), { path })
      const body = { version: '1.0.0', digest: answer.digest }
      await root.client.approveVersion({ params: { pluginId: id }, body })
    }
  })

  test.each([
    ['its owner’s', () => pia, { subject: 'pia', role: 'publisher' }],
    ['a super-admin’s', () => root, { subject: 'root', role: 'super-admin' }],
  ] as const)('are there for %s narrowed key if it is for them', async (_whose, maker, own) => {
    const robot = await narrowed(maker(), { ...own, plugins: ['inner'] })
    const look = (pluginId: string) => robot.client.getVersion({ params: { pluginId, version: '1.0.0' } })
    expect(await look('inner')).toMatchObject({ pluginId: 'inner' })
    expect(await refusalOf(look('outer'))).toMatchObject({ code: 'plugin_not_found' })
    expect(await listed(robot)).toEqual(['inner'])
    expect((await listed(maker())).toSorted()).toEqual(['inner', 'outer'])
  })

  test('are there for a tenant’s narrowed key if it is for them', async () => {
    await root.client.createTenant({ body: { id: 'globex', name: 'Globex' } })
    for (const pluginId of ['inner', 'outer']) {
      await pia.client.changePlugin({ params: { pluginId }, body: { tenants: ['globex'] } })
    }
    const gil = await registry.person('gil', 'tenant-admin', 'globex')
    const robot = await narrowed(gil, { subject: 'gil', role: 'tenant-admin', tenantId: 'globex', plugins: ['outer'] })
    expect((await listed(gil)).toSorted()).toEqual(['inner', 'outer'])
    expect(await listed(robot)).toEqual(['outer'])
  })
})

describe('what needs a key alone', () => {
  test('shows a key that was narrowed to plugins nothing of others', async () => {
    const robot = await narrowed(pia, { subject: 'pia', role: 'publisher', plugins: ['first'] })
    const notified = async ({ client }: Person) =>
      new Set((await client.listNotifications({ query: { take: 100 } })).notifications.map(({ pluginId }) => pluginId))
    await expect.poll(() => notified(pia)).toEqual(new Set(['first', 'second', 'inner', 'outer']))
    expect(await notified(robot)).toEqual(new Set(['first']))
    const [other] = (await pia.client.listNotifications()).notifications.filter(({ pluginId }) => pluginId !== 'first')
    const read = robot.client.readNotification({ params: { notificationId: other?.id ?? 0 } })
    expect(await refusalOf(read)).toMatchObject({ code: 'notification_not_found' })
    await robot.client.readAllNotifications()
    const { notifications } = await pia.client.listNotifications({ query: { take: 100 } })
    for (const { pluginId, read } of notifications) expect([pluginId, read]).toEqual([pluginId, pluginId === 'first'])
  })
})

describe('a permission', () => {
  const params = { pluginId: 'to-delete', version: '1.0.0' }
  const query = { reason: 'It steals.' }

  test('is enough by itself to delete versions and plugins', async () => {
    const robot = await narrowed(root, { subject: 'root', role: 'super-admin', permissions: ['version:delete'] })
    for (const version of ['1.0.0', '1.1.0']) {
      await sendPackage(registry, pia, goodPackage({ manifest: { id: 'to-delete', version } }))
    }
    await robot.client.deleteVersion({ params, query })
    await robot.client.deletePlugin({ params, query })
    expect(await refusalOf(robot.client.deletePlugin({ params, query }))).toMatchObject({ code: 'plugin_not_found' })
  })
})

describe('a super-admin’s key', () => {
  let ada: Person
  const review = async (pluginId: string) => {
    const params = { tenantId: 'initech', pluginId }
    await root.client.installPlugin({ params, body: { grantedPermissions: ['orders:read'] } })
    return ada.client.ratePlugin({ params, body: { stars: 1 } })
  }

  beforeAll(async () => {
    await root.client.createTenant({ body: { id: 'initech', name: 'Initech' } })
    ada = await registry.person('ada', 'tenant-user', 'initech')
    for (const id of ['rated', 'rated-too']) {
      const { answer } = await sendPackage(registry, pia, goodPackage({ manifest: { id } }))
      const body = { version: '1.0.0', digest: answer.digest }
      await root.client.approveVersion({ params: { pluginId: id }, body })
    }
  })

  test('that was narrowed to a plugin moderates that one’s ratings', async () => {
    const robot = await narrowed(root, { subject: 'root', role: 'super-admin', plugins: ['rated'] })
    const authors = async (pluginId: string) =>
      (await robot.client.listRatings({ params: { pluginId } })).ratings.map(({ author }) => author?.subject)
    const [mine, other] = [await review('rated'), await review('rated-too')]
    expect([await authors('rated'), await authors('rated-too')]).toEqual([['ada'], [undefined]])
    await robot.client.deleteRating({ params: { pluginId: 'rated', ratingId: mine.id } })
    const foreign = robot.client.deleteRating({ params: { pluginId: 'rated-too', ratingId: other.id } })
    expect(await refusalOf(foreign)).toMatchObject({ code: 'key_scope' })
  })

  test('that was narrowed to deleting ratings deletes them, and reads no more of them than others do', async () => {
    const robot = await narrowed(root, { subject: 'root', role: 'super-admin', permissions: ['rating:delete'] })
    const params = { pluginId: 'rated-too' }
    const { id } = await review('rated-too')
    expect((await robot.client.listRatings({ params })).ratings[0]?.author).toBeNull()
    await robot.client.deleteRating({ params: { ...params, ratingId: id } })
    expect((await robot.client.listRatings({ params })).ratings).toEqual([])
  })
})

describe('a key that was narrowed to plugins', () => {
  test('revokes itself and others for those alone, and lists none', async () => {
    const lee = await registry.person('lee', 'publisher')
    const own = { subject: 'lee', role: 'publisher' } as const
    const robot = await narrowed(lee, { ...own, permissions: ['key:manage', 'plugin:publish'], plugins: ['first'] })
    const other = await lee.client.createKey({ body: { ...own, plugins: ['second'] } })
    const less = await robot.client.createKey({ body: { ...own, permissions: ['plugin:publish'], plugins: ['first'] } })
    expect(await refusalOf(robot.client.listKeys())).toMatchObject({ code: 'key_scope' })
    for (const id of [other.id, (await lee.client.whoami()).keyId ?? '']) {
      expect(await refusalOf(robot.client.revokeKey({ params: { keyId: id } }))).toMatchObject({
        code: 'key_not_found',
      })
    }
    const { keyId } = await robot.client.whoami()
    for (const id of [less.id, keyId ?? '']) await robot.client.revokeKey({ params: { keyId: id } })
    const revoked = (await lee.client.listKeys()).keys.filter(({ revokedAt }) => revokedAt !== null)
    expect(revoked.map(({ id }) => id)).toEqual([less.id, keyId])
  })
})

describe('no key makes a wider one', () => {
  test('neither in permissions nor in plugins nor in time, and whatever the role', async () => {
    const limits = { permissions: ['key:manage', 'plugin:publish'], plugins: ['first', 'second'] } as const
    for (const [maker, role] of [
      [pia, 'publisher'],
      [root, 'super-admin'],
    ] as const) {
      const subject = role === 'publisher' ? 'pia' : 'root'
      const own = { permissions: [...limits.permissions], plugins: [...limits.plugins] }
      const robot = await narrowed(maker, { subject, role, ...own })
      const wider: Partial<Wanted>[] = [
        {},
        { permissions: own.permissions },
        { plugins: own.plugins },
        { ...own, permissions: ['key:manage', 'plugin:manage'] },
        { ...own, plugins: ['first', 'third'] },
      ]
      for (const more of wider) {
        const call = robot.client.createKey({ body: { subject, role, ...more } })
        expect(await refusalOf(call), JSON.stringify(more)).toMatchObject({ code: 'key_scope', status: 403 })
      }
      const less = { subject, role, permissions: ['plugin:publish'] as const, plugins: ['first'] }
      const made = await robot.client.createKey({ body: { ...less, permissions: [...less.permissions] } })
      expect(made).toMatchObject({ permissions: ['plugin:publish'], plugins: ['first'] })
    }
  })

  test('and none that says nothing, or what is no permission', async () => {
    const bodies = [{ permissions: [] }, { permissions: ['public'] }, { plugins: [] }, { plugins: ['No Plugin'] }]
    for (const more of bodies) {
      const body = { subject: 'pia', role: 'publisher', ...more } as Wanted
      expect(await refusalOf(pia.client.createKey({ body }))).toMatchObject({ code: 'request_invalid' })
    }
  })
})

test('whoami and the list say how far a key reaches and when it was last used', async () => {
  const reach = { permissions: ['plugin:publish'] as 'plugin:publish'[], plugins: ['first'] }
  const { id, key } = await pia.client.createKey({ body: { subject: 'pia', role: 'publisher', ...reach } })
  const listed = async () => (await pia.client.listKeys()).keys.find((one) => one.id === id)
  expect(await listed()).toMatchObject({ ...reach, lastUsedAt: null })
  const robot = createClient({ url: registry.url, token: key })
  expect(await robot.whoami()).toMatchObject({ ...reach, keyId: id, lastUsedAt: null })
  const first = (await listed())?.lastUsedAt ?? ''
  expect(Math.abs(Date.now() - new Date(first).valueOf())).toBeLessThan(60_000)
  expect((await robot.whoami()).lastUsedAt).toBe(first)
  const last = (await listed())?.lastUsedAt
  await registry.restart()
  pia.client = createClient({ url: registry.url, token: pia.key })
  expect((await listed())?.lastUsedAt).toBe(last)
})
