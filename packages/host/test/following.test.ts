import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { variantOf } from '../src/experiment.ts'
import { eventually } from './eventually.ts'
import { launchBrowser } from './find-browser.ts'
import { type OpenPage, plugin, settled, startPage } from './open-page.ts'

const greeting = { name: 'Greeting', export: 'Greeting', extensionPoint: 'dashboard.widgets' }
const card = { name: 'Card', export: 'Sidekick', extensionPoint: 'dashboard.widgets' }

let browser: Browser
let fixture: OpenPage

beforeAll(async () => {
  browser = await launchBrowser()
}, 60_000)
afterAll(() => browser?.close())
beforeEach(async () => {
  fixture = await startPage(browser)
  const configuration = { name: 'Ann' }
  fixture.registry.install(await plugin('greeter', [greeting], { configuration, grantedPermissions: ['orders:read'] }))
})
afterEach(() => fixture.close())

const heading = (page: Page, name: string) => page.getByRole('heading', { name })

/** The page once it follows the stream and has asked for what happened before. */
async function openFollowing(options?: Parameters<OpenPage['open']>[0]) {
  const page = await fixture.open(options)
  await settled(page, 'greeter')
  await eventually(() => [fixture.registry.events.open(), fixture.registry.listed()]).toEqual([1, 2])
  return page
}

/** As if the page were in a tab behind others, or in front again. */
async function show(page: Page, state: 'visible' | 'hidden') {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

describe('told by the event stream', () => {
  test('the page shows what is installed, configured and disabled, and never reloads', async () => {
    const page = await openFollowing()
    await page.locator('main').getByRole('button').click()
    fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
    fixture.registry.events.happen('installation.configured', 'greeter')
    await heading(page, 'Welcome, Bea').waitFor()
    fixture.registry.install(await plugin('sidekick', [card]))
    fixture.registry.events.happen('installation.installed', 'sidekick')
    await page.getByText('The sidekick stands').waitFor()
    fixture.registry.change('sidekick', { enabled: false })
    fixture.registry.events.happen('installation.disabled', 'sidekick')
    await page.getByText('The sidekick stands').waitFor({ state: 'detached' })
    expect(await page.locator('main').getByRole('button').textContent()).toBe('1 clicks')
  })

  test('a permission that is taken back is gone at once, also from what a component has kept', async () => {
    const page = await openFollowing()
    const kept = await page.evaluateHandle(() => globalThis.host.contributions('dashboard.widgets')[0]?.plexica)
    const ask = () => kept.evaluate((plexica) => plexica?.request('orders:read').catch((error) => error.code))
    expect(await ask()).toMatchObject({ pluginId: 'greeter' })
    fixture.registry.change('greeter', { grantedPermissions: [], configuration: { name: 'Bea' } })
    fixture.registry.events.happen('installation.configured', 'greeter')
    await heading(page, 'Welcome, Bea').waitFor()
    expect(await ask()).toBe('permission_not_granted')
  })

  test('many events at once are one question', async () => {
    const page = await openFollowing()
    fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
    for (let times = 0; times < 20; times++) fixture.registry.events.happen('installation.configured', 'greeter')
    await heading(page, 'Welcome, Bea').waitFor()
    // One event more: what the burst has asked, it has asked by then.
    fixture.registry.change('greeter', { configuration: { name: 'Cid' } })
    fixture.registry.events.happen('installation.configured', 'greeter')
    await heading(page, 'Welcome, Cid').waitFor()
    // A burst that two packets bring may be two.
    expect(fixture.registry.listed()).toBeLessThanOrEqual(5)
  })

  test('what does not concern the page is no question', async () => {
    const page = await openFollowing()
    for (const type of ['rating.created', 'submission.created'] as const)
      fixture.registry.events.happen(type, 'greeter')
    fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
    fixture.registry.events.happen('plugin.changed', 'greeter')
    await heading(page, 'Welcome, Bea').waitFor()
    expect(fixture.registry.listed()).toBe(3)
  })

  test('another version stays out of sight until it is loaded', async () => {
    const page = await openFollowing()
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(globalThis, { seen })
      new MutationObserver(() => seen.push(document.querySelector('main')?.textContent ?? '')).observe(document.body, {
        childList: true,
        subtree: true,
        characterData: true,
      })
    })
    const { bundle } = await plugin('sidekick', [card])
    fixture.registry.install({ pluginId: 'greeter', version: '2.0.0', components: [card], bundle })
    fixture.registry.events.happen('installation.updated', 'greeter')
    await page.getByText('The sidekick stands').waitFor()
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
    expect(seen.filter((text) => !/Welcome, Ann|The sidekick stands/.test(text))).toEqual([])
  })

  test('after stop() the stream is closed', async () => {
    const page = await openFollowing()
    await page.evaluate(() => globalThis.host.stop())
    await eventually(() => fixture.registry.events.open()).toBe(0)
  })
})

describe('while the stream is refused', () => {
  test('the page asks now and then, and follows the stream again once it is there', async () => {
    fixture.registry.events.answerStreams(403)
    const page = await fixture.open({ pollEvery: 300 })
    await settled(page, 'greeter')
    fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
    await heading(page, 'Welcome, Bea').waitFor()
    fixture.registry.events.answerStreams(200)
    await eventually(() => fixture.registry.events.open()).toBe(1)
    fixture.registry.events.answerStreams(403)
    fixture.registry.change('greeter', { configuration: { name: 'Cid' } })
    await heading(page, 'Welcome, Cid').waitFor()
  })

  test('a page that nobody looks at asks less often, until somebody does', async () => {
    fixture.registry.events.answerStreams(403)
    const page = await fixture.open({ pollEvery: 400 })
    await settled(page, 'greeter')
    await eventually(() => fixture.registry.listed()).toBeGreaterThan(2)
    await show(page, 'hidden')
    const before = fixture.registry.listed()
    const hidden = await page.evaluate(() => performance.now())
    await eventually(() => fixture.registry.listed()).toBeGreaterThan(before + 1)
    // Two questions: the first may have been on its way already, the second has waited ten times as long.
    expect((await page.evaluate(() => performance.now())) - hidden).toBeGreaterThan(3_000)
    fixture.registry.change('greeter', { configuration: { name: 'Bea' } })
    await show(page, 'visible')
    await heading(page, 'Welcome, Bea').waitFor()
  })
})

describe('an experiment', () => {
  const experiment = (share: number) => ({
    id: 'colours',
    share,
    configuration: { name: 'Eve' },
    startedAt: '2026-01-01T00:00:00.000Z',
  })
  const ofA = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay'].find((name) => variantOf(name, experiment(50)) === 'a')
  const ofB = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay'].find((name) => variantOf(name, experiment(50)) === 'b')

  test.each([
    [ofA, 'a', 'Ann'],
    [ofB, 'b', 'Eve'],
  ])('gives the visitor %s variant %s', async (visitor = '', variant, name) => {
    fixture.registry.change('greeter', { experiment: experiment(50) })
    const page = await fixture.open({ visitor })
    await heading(page, `Welcome, ${name}`).waitFor()
    expect(await page.evaluate(() => globalThis.host.plugins()[0]?.variant)).toBe(variant)
  })

  test('comes and goes without starting the component again, and its reports are told apart', async () => {
    const page = await openFollowing()
    await page.locator('main').getByRole('button').click()
    fixture.registry.change('greeter', { experiment: experiment(100) })
    fixture.registry.events.happen('installation.experimented', 'greeter')
    await heading(page, 'Welcome, Eve').waitFor()
    await page.evaluate(() => {
      const [contribution] = globalThis.host.contributions('dashboard.widgets')
      if (contribution) globalThis.host.measured(contribution, 5)
    })
    fixture.registry.change('greeter', { experiment: null })
    fixture.registry.events.happen('installation.experimented', 'greeter')
    await heading(page, 'Welcome, Ann').waitFor()
    expect(await page.locator('main').getByRole('button').textContent()).toBe('1 clicks')
    await page.evaluate(() => globalThis.host.stop())
    await eventually(() => fixture.registry.told.flat()).toMatchObject([
      {
        pluginId: 'greeter',
        version: '1.0.0',
        variant: 'a',
        loads: [expect.any(Number)],
        renders: [expect.any(Number)],
      },
      { pluginId: 'greeter', version: '1.0.0', variant: 'b', renders: [5] },
    ])
  })

  test('finds the same visitor again at the next visit, and asks for no name where none runs', async () => {
    const kept = (page: Page) => page.evaluate(() => localStorage.getItem('plexica-visitor'))
    expect(await kept(await openFollowing())).toBeNull()
    fixture.registry.change('greeter', { experiment: experiment(50) })
    const first = await fixture.open()
    await settled(first, 'greeter')
    const visitor = (await kept(first)) ?? ''
    expect(visitor).toMatch(/^\d+-\d+-\d+-\d+$/)
    const again = await fixture.open()
    await heading(again, variantOf(visitor, experiment(50)) === 'b' ? 'Welcome, Eve' : 'Welcome, Ann').waitFor()
    expect(await kept(again)).toBe(visitor)
  })

  test('works where the browser keeps nothing', async () => {
    fixture.registry.change('greeter', { experiment: experiment(100) })
    const refuse = () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('refused', 'SecurityError')
        },
      })
    }
    const page = await fixture.open({ before: (opened) => opened.addInitScript(refuse) })
    await heading(page, 'Welcome, Eve').waitFor()
  })
})
