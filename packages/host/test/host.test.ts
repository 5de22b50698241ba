import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from './find-browser.ts'
import { type OpenPage, plugin, settled, startPage } from './open-page.ts'

const greeting = {
  name: 'Greeting',
  export: 'Greeting',
  extensionPoint: 'dashboard.widgets',
  fields: { punctuation: { type: 'text', default: '!' } },
} as const
const details = { name: 'Details', export: 'Details', extensionPoint: 'checkout.sidebar' }
const card = { name: 'Card', export: 'Card', extensionPoint: 'dashboard.widgets' }

/** A bundle that is ready when the page says so. */
const late = `
globalThis.starts = (globalThis.starts ?? 0) + 1
await new Promise((resolve) => addEventListener('go-on', resolve))
export const Card = () => 'Started ' + globalThis.starts + ' times'
`

let browser: Browser
let fixture: OpenPage

beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)
afterAll(() => browser?.close())
beforeEach(async () => {
  fixture = await startPage(browser)
  await install()
})
afterEach(() => fixture.close())

/** Two plugins that work, the second one to see that it stands whatever happens to the first. */
async function install(into = fixture) {
  into.registry.install(
    await plugin('greeter', [greeting, details], {
      configuration: { name: 'Ann' },
      grantedPermissions: ['orders:read', 'customers:read'],
    }),
  )
  into.registry.install(await plugin('sidekick', [{ ...card, export: 'Sidekick' }]))
}

const mainText = (page: Page) => page.locator('main').textContent()

test('a plugin’s components appear at their extension points, on the page’s own React', async () => {
  const page = await fixture.open()
  expect(await settled(page, 'greeter')).toEqual({ status: 'ready', problems: [] })
  const main = page.locator('main')
  await main.getByRole('heading', { name: 'Welcome, Ann!' }).waitFor()
  await main.getByText('acme at the dashboard').waitFor()
  await page.getByText('Welcome to the details').waitFor()
  await page.getByText('Through a portal').waitFor()
  await main.getByText('The sidekick stands').waitFor()
  await main.getByRole('button').click()
  await main.getByRole('button').click()
  expect(await main.getByRole('button').textContent()).toBe('2 clicks')
})

test('a plugin may do what is granted and provided, and nothing else', async () => {
  const page = await fixture.open()
  const answers = page.locator('main li')
  await answers.nth(2).waitFor()
  expect(await answers.allTextContents()).toEqual([
    'orders:read: {"input":{"days":7},"pluginId":"greeter"}',
    'orders:write: permission_not_granted',
    'customers:read: permission_not_provided',
  ])
})

describe.each(['nonce', 'hash'] as const)('where the page’s policy admits import maps by %s', (importMapBy) => {
  let own: OpenPage
  beforeEach(async () => {
    own = await startPage(browser, importMapBy)
    await install(own)
  })
  afterEach(() => own.close())

  test('approved bytes run', async () => {
    const page = await own.open()
    await page.getByRole('heading', { name: 'Welcome, Ann!' }).waitFor()
    await page.getByText('Welcome to the details').waitFor()
  })

  test.each([
    ['the bundle', /\/bundle\.js$/, 'clicks'],
    ['a chunk that it imports', /\/chunk-\w+\.js$/, 'Welcome'],
  ])('a flipped byte in %s keeps every script of the plugin from running', async (_, script, word) => {
    own.registry.flipByte('greeter', script, word)
    const page = await own.open()
    expect(await settled(page, 'greeter')).toMatchObject({
      status: 'failed',
      code: 'integrity_mismatch',
      message: expect.stringMatching(
        /^(bundle|chunk-\w+)\.js is not what was approved: its bytes do not match their hash\.$/,
      ),
      fix: expect.stringContaining('Do not trust this copy'),
    })
    await page.getByText('The sidekick stands').waitFor()
    expect(await mainText(page)).toBe('The sidekick stands')
  })
})

test('a flipped byte in a chunk that loads later stops that component alone', async () => {
  fixture.registry.flipByte('greeter', /\/details-\w+\.js$/, 'details')
  const page = await fixture.open()
  await page.getByText('Details from The greeter cannot be shown at the moment.').waitFor()
  await page.getByRole('heading', { name: 'Welcome, Ann!' }).waitFor()
  expect(await settled(page, 'greeter')).toMatchObject({
    status: 'ready',
    problems: [{ component: 'Details', code: 'render_failed' }],
  })
})

test('a bundle without integrity values is not imported', async () => {
  fixture.registry.removeIntegrity('greeter')
  const page = await fixture.open()
  expect(await settled(page, 'greeter')).toMatchObject({ status: 'failed', code: 'bundle_invalid' })
  await page.getByText('The sidekick stands').waitFor()
})

describe('in a browser that cannot be made to check, nothing runs', () => {
  let own: OpenPage
  beforeEach(async () => {
    own = await startPage(browser, 'hash')
    await install(own)
  })
  afterEach(() => own.close())

  test.each([
    [
      'it does not know modulepreload',
      () => {
        DOMTokenList.prototype.supports = () => false
      },
    ],
    [
      'its modulepreload ignores hashes',
      () => {
        Object.defineProperty(HTMLLinkElement.prototype, 'integrity', { set() {} })
      },
    ],
  ])('%s', async (_, weaken) => {
    const page = await own.open({ before: (opened) => opened.addInitScript(weaken) })
    for (const id of ['greeter', 'sidekick']) {
      expect(await settled(page, id)).toMatchObject({ status: 'failed', code: 'integrity_unsupported' })
    }
    expect(await mainText(page)).toBe('')
  })
})

test('a plugin that throws while it starts leaves the others alone', async () => {
  fixture.registry.install(await plugin('throws-at-import', [card]))
  const page = await fixture.open()
  expect(await settled(page, 'throws-at-import')).toMatchObject({
    status: 'failed',
    code: 'bundle_threw',
    message: 'The bundle stopped while it started: no luck today',
  })
  await page.getByText('The sidekick stands').waitFor()
})

test('a component that throws while it renders leaves its neighbours alone', async () => {
  fixture.registry.install(
    await plugin('throws-at-render', [
      { ...card, name: 'Broken', export: 'Broken', title: 'Weather' },
      { ...card, name: 'Whole', export: 'Whole' },
      { ...card, name: 'Absent', export: 'Absent' },
    ]),
  )
  const page = await fixture.open()
  await page.getByText('Weather from The throws-at-render cannot be shown at the moment.').waitFor()
  await page.getByText('The whole one stands').waitFor()
  await page.getByText('The sidekick stands').waitFor()
  expect(await settled(page, 'throws-at-render')).toEqual({
    status: 'ready',
    problems: [
      {
        component: 'Absent',
        code: 'export_missing',
        message: 'The bundle of throws-at-render exports no component “Absent”, which its manifest names.',
      },
      { component: 'Broken', code: 'render_failed', message: '“Weather” stopped: cannot draw' },
    ],
  })
})

test('a plugin that never starts is given up after the time-out, and the page does not wait for it', async () => {
  fixture.registry.install(await plugin('never-resolves', [card]))
  const page = await fixture.open({ timeout: 1_500 })
  await page.getByText('The sidekick stands').waitFor()
  await page.getByText('Loading…').waitFor()
  expect(await settled(page, 'never-resolves')).toMatchObject({
    status: 'failed',
    code: 'bundle_timeout',
    message: 'bundle.js was not ready after 1.5 s.',
  })
  await page.getByText('Loading…').waitFor({ state: 'detached' })
})

test('a bundle that cannot be fetched says so', async () => {
  fixture.registry.answerBundles(503)
  const page = await fixture.open()
  expect(await settled(page, 'greeter')).toMatchObject({
    status: 'failed',
    code: 'bundle_unreachable',
    message: 'bundle.js was answered with status 503.',
  })
})

test.each([
  ['the script is lost on its way', /bundle\.js$/],
  ['a chunk that it imports is', /chunk-\w+\.js$/],
])('once, when %s, it is fetched again', async (_, script) => {
  let lost = 0
  const lose = (page: Page) =>
    page.route(script, (route) => {
      if (!route.request().url().includes('/greeter/')) return route.continue()
      lost++
      return lost === 1 ? route.abort('connectionreset') : route.continue()
    })
  const page = await fixture.open({ before: lose })
  await page.getByRole('heading', { name: 'Welcome, Ann!' }).waitFor()
  expect(await settled(page, 'greeter')).toEqual({ status: 'ready', problems: [] })
  expect(lost).toBeGreaterThan(1)
})

test('a bundle that throws what a lost one would throw runs once all the same', async () => {
  const source = 'globalThis.starts = (globalThis.starts ?? 0) + 1; undefined.nothing; export const Card = () => null'
  const bundle = new Map([['bundle.js', new TextEncoder().encode(source)]])
  fixture.registry.install({ pluginId: 'broken', components: [card], bundle })
  const page = await fixture.open()
  expect(await settled(page, 'broken')).toMatchObject({ status: 'failed', code: 'bundle_threw' })
  expect(await page.evaluate(() => Reflect.get(globalThis, 'starts'))).toBe(1)
})

test('a bundle whose registry is away for a moment is tried again', async () => {
  fixture.registry.answerBundles(503)
  const comeBack = async (page: Page) =>
    page.on('response', (response) => {
      if (response.status() === 503) fixture.registry.answerBundles(200)
    })
  const page = await fixture.open({ before: comeBack })
  await page.getByRole('heading', { name: 'Welcome, Ann!' }).waitFor()
})

describe('refresh', () => {
  const refresh = (page: Page) => page.evaluate(() => globalThis.host.refresh())

  test('takes away a disabled plugin and its permissions', async () => {
    const page = await fixture.open()
    await page.getByRole('heading', { name: 'Welcome, Ann!' }).waitFor()
    const kept = await page.evaluateHandle(() => globalThis.host.contributions('dashboard.widgets')[0]?.plexica)
    fixture.registry.change('greeter', { enabled: false })
    await refresh(page)
    expect(await settled(page, 'greeter')).toEqual({ status: 'absent', problems: [] })
    await page.getByText('The sidekick stands').waitFor()
    expect(await mainText(page)).toBe('The sidekick stands')
    const code = await kept.evaluate((plexica) => plexica?.request('orders:read').catch((error) => error.code))
    expect(code).toBe('permission_not_granted')
  })

  test('brings a new configuration without starting the component again', async () => {
    const page = await fixture.open()
    await page.locator('main').getByRole('button').click()
    fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
    await refresh(page)
    await page.getByRole('heading', { name: 'Welcome, Bea!' }).waitFor()
    expect(await page.locator('main').getByRole('button').textContent()).toBe('1 clicks')
  })

  test('brings a newly installed plugin and another version', async () => {
    const page = await fixture.open()
    await page.getByText('The sidekick stands').waitFor()
    fixture.registry.uninstall('sidekick')
    const components = [{ ...card, name: 'Whole', export: 'Whole' }]
    const { bundle } = await plugin('throws-at-render', components)
    fixture.registry.install({ pluginId: 'sidekick', version: '2.0.0', components, bundle })
    await refresh(page)
    await page.getByText('The whole one stands').waitFor()
    expect(await page.getByText('The sidekick stands').count()).toBe(0)
  })

  test('renders nothing again for a neighbour that comes', async () => {
    const source = 'globalThis.renders = 0; export const Card = () => `Rendered ${++globalThis.renders} times`'
    const bundle = new Map([['bundle.js', new TextEncoder().encode(source)]])
    fixture.registry.install({ pluginId: 'counting', components: [card], bundle })
    const page = await fixture.open()
    await page.getByText('Rendered 1 times').waitFor()
    await settled(page, 'counting')
    fixture.registry.install({
      ...(await plugin('throws-at-render', [{ ...card, export: 'Whole' }])),
      pluginId: 'alpha',
    })
    await refresh(page)
    await page.getByText('The whole one stands').waitFor()
    expect(await page.evaluate(() => Reflect.get(globalThis, 'renders'))).toBe(1)
  })

  test('changes nothing when nothing changed', async () => {
    const page = await fixture.open()
    await settled(page, 'greeter')
    const same = await page.evaluate(async () => {
      const before = [globalThis.host.contributions('dashboard.widgets'), globalThis.host.contributions('elsewhere')]
      await globalThis.host.refresh()
      const after = [globalThis.host.contributions('dashboard.widgets'), globalThis.host.contributions('elsewhere')]
      return before.every((list, index) => list === after[index])
    })
    expect(same).toBe(true)
  })

  test('loads a bundle that could not be fetched before', async () => {
    fixture.registry.answerBundles(503)
    const page = await fixture.open()
    await settled(page, 'greeter')
    fixture.registry.answerBundles(200)
    await refresh(page)
    expect(await settled(page, 'greeter')).toMatchObject({ status: 'ready' })
  })

  test('waits again for a bundle that was late, and starts it no second time', async () => {
    const bundle = new Map([['bundle.js', new TextEncoder().encode(late)]])
    fixture.registry.install({ pluginId: 'late', components: [card], bundle })
    const page = await fixture.open({ timeout: 1_000 })
    expect(await settled(page, 'late')).toMatchObject({ status: 'failed', code: 'bundle_timeout' })
    await page.evaluate(() => dispatchEvent(new Event('go-on')))
    await refresh(page)
    expect(await settled(page, 'late')).toMatchObject({ status: 'ready' })
    await page.getByText('Started 1 times').waitFor()
  })

  test('after stop() brings nothing back', async () => {
    const page = await fixture.open()
    await settled(page, 'greeter')
    await page.evaluate(() => globalThis.host.stop())
    await refresh(page)
    expect(await settled(page, 'greeter')).toMatchObject({ status: 'absent' })
    expect(await mainText(page)).toBe('')
  })
})

test('a registry that refuses the page is a state, not an exception', async () => {
  const page = await fixture.open({ token: 'another' })
  const thrown: Error[] = []
  page.on('pageerror', (error) => thrown.push(error))
  await settled(page, 'greeter')
  const status = await page.evaluate(() => {
    const known = globalThis.host.status()
    return { status: known.status, code: known.status === 'failed' && 'code' in known.reason && known.reason.code }
  })
  expect(status).toEqual({ status: 'failed', code: 'not_authenticated' })
  expect(await mainText(page)).toBe('')
  expect(thrown).toEqual([])
})
