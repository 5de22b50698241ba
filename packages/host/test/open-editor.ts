import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Data } from '@puckeditor/core'
import type { Browser, Locator, Page } from 'playwright-core'
import { buildPage } from '../scripts/build-page.ts'
import { importMap } from '../src/shared-modules.ts'
import { serveRegistry, tenant, token } from './serve-registry.ts'

const styles = readFileSync(createRequire(import.meta.url).resolve('@puckeditor/core/no-external.css'))
const built = buildPage(join(import.meta.dirname, 'puck-page/page.tsx'))

/** Serves a page with the Puck editor, as a platform embeds it. */
export async function serveEditor(registryUrl: () => string) {
  const { script, shims } = await built
  const scripts = new Map(Object.entries(shims).map(([file, source]) => [`/shared/${file}`, source]))
  scripts.set('/page.js', script)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    const script = scripts.get(pathname)
    if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
    } else if (pathname === '/puck.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(styles)
    } else if (pathname === '/') {
      const nonce = randomBytes(16).toString('base64')
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          `default-src 'none'; script-src 'nonce-${nonce}' 'self' ${registryUrl()}; connect-src ${registryUrl()}; ` +
          `style-src 'unsafe-inline' 'self'; img-src 'self' data: ${registryUrl()}; frame-src 'self'; base-uri 'none'`,
      })
      response.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Editor</title>
<link rel="stylesheet" href="/puck.css">
<script type="importmap" nonce="${nonce}">${JSON.stringify(importMap('/shared/'))}</script>
<script type="module" nonce="${nonce}" src="/page.js"></script>
</head><body></body></html>`)
    } else {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type OpenEditor = Awaited<ReturnType<typeof startEditor>>

interface Opened {
  data?: Partial<Data>
  /** The page as visitors get it, without the editor. */
  visitor?: boolean
  /** The canvas in a frame, as Puck has it unless told. */
  iframe?: boolean
}

/** A registry of its own and the editor for one test. */
export async function startEditor(browser: Browser) {
  const registry = await serveRegistry()
  const served = await serveEditor(() => registry.url)
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } })
  return {
    registry,
    async open({ data, visitor = false, iframe = false }: Opened = {}): Promise<Page> {
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      const query = new URLSearchParams({ registry: registry.url, tenant, token })
      if (data) query.set('data', JSON.stringify(data))
      if (visitor) query.set('visitor', '')
      if (iframe) query.set('iframe', '')
      await page.goto(`${served.url}?${query}`)
      return page
    },
    async close() {
      await context.close()
      await Promise.all([registry.close(), served.close()])
    },
  }
}

/** The page's data as the editor has it now. */
export function dataOf(page: Page): Promise<Data> {
  return page.evaluate(() => globalThis.puckPage.data)
}

/** What can be dragged out of the palette: a component by its type. */
export function paletteItem(page: Page, type: string): Locator {
  return page.getByTestId(`drawer-item:${type}`).filter({ visible: true })
}

/** Drags a component out of the palette, as people do, and drops it in the middle of a place once that shows it. */
export async function dragTo(page: Page, type: string, place: Locator): Promise<void> {
  const item = paletteItem(page, type)
  const [from, to] = await Promise.all([item.boundingBox(), place.boundingBox()])
  if (!from || !to) throw new Error(`${type} or its place cannot be seen`)
  const before = await place.innerHTML()
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + from.width / 2 + 20, from.y + from.height / 2 + 20, { steps: 4 })
  const [x, y] = [to.x + to.width / 2, to.y + to.height / 2]
  await page.mouse.move(x, y, { steps: 20 })
  // A busy machine notices late what the pointer is over, and only while it moves.
  for (let nudge = 1; nudge <= 100 && (await place.innerHTML()) === before; nudge++) {
    await page.mouse.move(x + (nudge % 3), y)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  }
  await page.mouse.up()
}

/** Opens the fields of an item by a click on it in the canvas. */
export async function select(page: Page, itemId: string): Promise<void> {
  await page.locator(`[data-puck-component="${itemId}"]`).click({ position: { x: 4, y: 4 } })
}

/** The control of a field, by its label. */
export function control(page: Page, label: string | RegExp): Locator {
  return page.locator('form').getByLabel(label, { exact: true }).filter({ visible: true })
}
