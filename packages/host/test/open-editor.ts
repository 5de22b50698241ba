import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Data } from '@puckeditor/core'
import type { Browser, Page } from 'playwright-core'
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
      await page.addInitScript(
        (opened) => {
          globalThis.openedData = opened as Data
        },
        data && { root: { props: {} }, content: [], ...data },
      )
      const query = new URLSearchParams({ registry: registry.url, tenant, token })
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
