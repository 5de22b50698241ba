import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainPackage } from './plain-package.ts'
import { startPeople } from './start-people.ts'

const { registry, ann, sue, tom, publish } = await startPeople()
afterAll(() => registry.stop())

const icon = '<svg xmlns="http://www.w3.org/2000/svg"><style>path{fill:teal}</style><path d="M0 0h1v1z"/></svg>'
const alt = 'The card with a greeting above the number of orders'

beforeAll(async () => {
  await publish(plainPackage({ id: 'open-card' }, { 'assets/icon.svg': icon }))
  await publish(plainPackage({ id: 'bare-card', icon: undefined, screenshots: [] }))
  await publish(plainPackage({ id: 'secret-card' }), { visibility: 'private' })
  await ann.client.changePlugin({ params: { pluginId: 'secret-card' }, body: { tenants: ['acme'] } })
})

const detailOf = (pluginId: string, { client } = { client: registry.anonymous() }) =>
  client.getPlugin({ params: { pluginId } })

test('anybody has a plugin’s pictures and texts from its page', async () => {
  const detail = await detailOf('open-card')
  expect(detail.readme).toContain('# Greeting card')
  expect(detail.screenshots).toEqual([{ url: `${registry.url}/plugins/bundles/open-card/v1.0.0/assets/card.png`, alt }])
  const { changelog } = await registry.anonymous().getVersion({ params: { pluginId: 'open-card', version: 'latest' } })
  expect(changelog).toContain('The card counts orders')
  const picture = await fetch(detail.screenshots[0]?.url ?? '')
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(picture.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

test('an icon of text keeps its style and runs nothing', async () => {
  const answer = await fetch((await detailOf('open-card')).icon ?? '')
  expect(await answer.text()).toBe(icon)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/svg+xml',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
  })
})

test('lists show the icon and the first screenshot', async () => {
  const client = registry.anonymous()
  const lists = [
    await client.listPlugins(),
    await client.searchPlugins({ query: { q: 'card' } }),
    await client.popularPlugins(),
  ]
  for (const { plugins } of lists) {
    const { icon: shown, screenshots } = await detailOf('open-card')
    const of = (id: string) => plugins.find((plugin) => plugin.id === id)
    expect(of('open-card')).toMatchObject({ icon: shown, screenshot: screenshots[0] })
    expect(of('bare-card')).toMatchObject({ icon: null, screenshot: null })
    expect(of('secret-card')).toBeUndefined()
  }
})

test('those of a private plugin are there for those who see it', async () => {
  for (const person of [tom, ann, sue]) {
    const { plugins } = await person.client.searchPlugins({ query: { q: 'card' } })
    const found = plugins.find(({ id }) => id === 'secret-card')
    expect(found?.screenshot?.url).toContain('/plugins/bundles/~')
    for (const url of [found?.icon, found?.screenshot?.url]) expect((await fetch(url ?? '')).status).toBe(200)
  }
})

test('a new version brings its own', async () => {
  await publish(
    plainPackage({ id: 'open-card', version: '1.1.0', screenshots: [{ path: 'assets/icon.svg', alt: 'New' }] }),
  )
  const { plugins } = await registry.anonymous().listPlugins()
  expect(plugins.find(({ id }) => id === 'open-card')?.screenshot).toEqual({
    url: `${registry.url}/plugins/bundles/open-card/v1.1.0/assets/icon.svg`,
    alt: 'New',
  })
})
