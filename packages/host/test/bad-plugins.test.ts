import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestRegistry, type TestRegistry } from '../../registry/test/test-registry.ts'
import { buildPlugin } from './build-plugin.ts'
import { eventually } from './eventually.ts'
import { launchBrowser } from './find-browser.ts'
import { type OpenPage, plugin, settled, startPage } from './open-page.ts'

const card = { name: 'Card', export: 'Card', extensionPoint: 'dashboard.widgets', title: 'Weather' }

let browser: Browser
let registry: TestRegistry

beforeAll(async () => {
  browser = await launchBrowser()
  registry = await startTestRegistry()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await registry?.stop()
})

/** 10 MB of script that works. */
function heavy() {
  const text = `globalThis.ballast = "${'x'.repeat(10 * 1024 * 1024)}"; export const Card = () => 'The heavy one stands'`
  return new Map([['bundle.js', new TextEncoder().encode(text)]])
}

interface Case {
  install(fixture: OpenPage): Promise<void>
  /** What is seen of it beside the healthy ones. */
  visible: string
  /** What the host says of it. */
  says: { status: string; code: string; message: RegExp }
  told: { code: string; component?: string; message: RegExp }
}

const seconds = /^“Weather” took \d+\.\d s to render; 0\.5 s is what it may\.$/
const noHook = /^“Weather” stopped: .*\(reading 'useState'\)/

const cases: Record<string, Case> = {
  'throws at import': {
    install: async ({ registry }) =>
      registry.install({ ...(await plugin('throws-at-import', [card])), pluginId: 'bad' }),
    visible: '',
    says: { status: 'failed', code: 'bundle_threw', message: /^The bundle stopped while it started: no luck today$/ },
    told: { code: 'bundle_threw', message: /no luck today$/ },
  },
  'throws at render': {
    install: async ({ registry }) =>
      registry.install({ ...(await plugin('throws-at-render', [{ ...card, export: 'Broken' }])), pluginId: 'bad' }),
    visible: 'Weather from The bad cannot be shown at the moment.',
    says: { status: 'ready', code: 'render_failed', message: /^“Weather” stopped: cannot draw$/ },
    told: { code: 'render_failed', component: 'Card', message: /cannot draw$/ },
  },
  'never resolves': {
    install: async ({ registry }) => registry.install({ ...(await plugin('never-resolves', [card])), pluginId: 'bad' }),
    visible: '',
    says: { status: 'failed', code: 'bundle_timeout', message: /^bundle\.js was not ready after 1\.5 s\.$/ },
    told: { code: 'bundle_timeout', message: /1\.5 s/ },
  },
  'loops for a second': {
    install: async ({ registry }) => registry.install({ ...(await plugin('loops', [card])), pluginId: 'bad' }),
    visible: 'The one that loops stands',
    says: { status: 'ready', code: 'render_slow', message: seconds },
    told: { code: 'render_slow', component: 'Card', message: seconds },
  },
  'is 10 MB': {
    install: async ({ registry }) => registry.install({ pluginId: 'bad', components: [card], bundle: heavy() }),
    visible: 'The heavy one stands',
    says: { status: 'ready', code: 'bundle_heavy', message: /^The bundle has 10\.0 MB; 4 MB is what it may\.$/ },
    told: { code: 'bundle_heavy', message: /10\.0 MB/ },
  },
  'has a wrong digest': {
    async install({ registry }) {
      registry.install({ ...(await plugin('throws-at-render', [{ ...card, export: 'Whole' }])), pluginId: 'bad' })
      registry.flipByte('bad', /bundle\.js$/, 'whole')
    },
    visible: '',
    says: { status: 'failed', code: 'integrity_mismatch', message: /bytes do not match their hash/ },
    told: { code: 'integrity_mismatch', message: /bundle\.js is not what was approved/ },
  },
  'brings a second React': {
    async install({ registry }) {
      const bundle = await buildPlugin(join(import.meta.dirname, 'plugins/brings-react/index.tsx'), [])
      registry.install({ pluginId: 'bad', components: [card], bundle })
    },
    visible: 'Weather from The bad cannot be shown at the moment.',
    says: { status: 'ready', code: 'render_failed', message: noHook },
    told: { code: 'render_failed', component: 'Card', message: noHook },
  },
  'needs a package that the page does not share': {
    install: async ({ registry }) =>
      registry.install({ ...(await plugin('loops', [card])), pluginId: 'bad', shared: { 'date-fns': '^4.0.0' } }),
    visible: '',
    says: { status: 'failed', code: 'shared_missing', message: /^bad needs date-fns \^4\.0\.0 of the page/ },
    told: { code: 'shared_missing', message: /date-fns/ },
  },
  'lacks what its manifest names': {
    install: async ({ registry }) =>
      registry.install({ ...(await plugin('loops', [{ ...card, export: 'Absent' }])), pluginId: 'bad' }),
    visible: '',
    says: { status: 'ready', code: 'export_missing', message: /exports no component “Absent”/ },
    told: { code: 'export_missing', component: 'Card', message: /“Absent”/ },
  },
}

/** Everything that the host says of a plugin: why it failed, which components did, and what it warns of. */
const saidOf = (page: Page, pluginId: string) =>
  page.evaluate((id) => {
    const found = globalThis.host.plugins().find((known) => known.id === id)
    const { state, warnings } = found ?? { state: { status: 'loading' as const }, warnings: [] }
    const reasons = state.status === 'failed' ? [state.reason] : state.status === 'ready' ? state.problems : []
    const errors = [...reasons.map((item) => ('reason' in item ? item.reason : item)), ...warnings]
    return errors.map(({ code, message }) => ({ status: state.status, code, message }))
  }, pluginId)

test.each(Object.entries(cases))('a plugin that %s leaves the page and the others alone', async (name, bad) => {
  const fixture = await startPage(browser)
  try {
    const greeting = { name: 'Greeting', export: 'Greeting', extensionPoint: 'dashboard.widgets' }
    // One before it and one after it.
    fixture.registry.install({ ...(await plugin('greeter', [greeting])), pluginId: 'alpha' })
    fixture.registry.install(await plugin('sidekick', [{ ...card, export: 'Sidekick' }]))
    await bad.install(fixture)
    const page = await fixture.open({ timeout: name === 'never resolves' ? 1_500 : 10_000 })

    await settled(page, 'bad')
    const button = page.locator('main').getByRole('button')
    await button.click()
    await page.getByText('The sidekick stands').waitFor()
    if (bad.visible) await page.getByText(bad.visible).waitFor()
    await eventually(() => saidOf(page, 'bad')).toEqual([
      { ...bad.says, message: expect.stringMatching(bad.says.message) },
    ])
    expect(await button.textContent()).toBe('1 clicks')
    for (const id of ['alpha', 'sidekick']) expect(await saidOf(page, id)).toEqual([])
    const main = await page.locator('main').textContent()
    expect(main?.replace(/^.*customers:read: permission_not_granted/, '')).toBe(`${bad.visible}The sidekick stands`)

    await page.goto('about:blank')
    await eventually(() => fixture.registry.told.flat().map(({ pluginId }) => pluginId)).toContain('bad')
    const reports = fixture.registry.told.flat()
    const of = (id: string) => reports.filter(({ pluginId }) => pluginId === id)
    expect(of('bad').flatMap(({ errors = [] }) => errors)).toEqual([
      { ...bad.told, message: expect.stringMatching(bad.told.message) },
    ])
    for (const id of ['alpha', 'sidekick']) {
      expect(of(id)).toMatchObject([{ loads: [expect.any(Number)], renders: [expect.any(Number)] }])
      expect(of(id).flatMap(({ errors = [] }) => errors)).toEqual([])
    }
    await accepted(fixture.registry.told)
  } finally {
    await fixture.close()
  }
})

/** The real registry takes every batch. */
async function accepted(batches: OpenPage['registry']['told']) {
  const { client } = await registry.person('root', 'super-admin')
  const tenants = await client.listTenants()
  if (tenants.total === 0) await client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  for (const reports of batches) {
    await client.reportTelemetry({ params: { tenantId: 'acme' }, body: { reports: [...reports] } })
  }
}
