import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buildPage } from '../../packages/host/scripts/build-page.ts'
import { importMap } from '../../packages/host/src/shared-modules.ts'

export interface DemoPageOptions {
  registryUrl: string
  tenant: string
  /** Of a user of the tenant: it stands in the page. */
  token: string
  /** A free one unless told. */
  port?: number
}

export interface DemoPage {
  url: string
  close(): Promise<void>
}

/** Serves the page of a made-up shop that embeds the host, on this machine only. */
export async function serveDemoPage({ registryUrl, tenant, token, port = 0 }: DemoPageOptions): Promise<DemoPage> {
  const registry = new URL(registryUrl).origin
  const source = join(import.meta.dirname, 'page')
  const { script, shims } = await buildPage(join(source, 'main.tsx'))
  const files = new Map([
    ['/page.js', { type: 'text/javascript', text: script }],
    ['/page.css', { type: 'text/css', text: await readFile(join(source, 'shop.css'), 'utf8') }],
  ])
  for (const [file, text] of Object.entries(shims)) files.set(`/shared/${file}`, { type: 'text/javascript', text })

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop')
    const file = files.get(pathname)
    response.setHeader('cache-control', 'no-store')
    response.setHeader('x-content-type-options', 'nosniff')
    if (file) {
      response.setHeader('content-type', `${file.type}; charset=utf-8`).end(file.text)
    } else if (pathname === '/') {
      const nonce = randomBytes(16).toString('base64')
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.setHeader('content-security-policy', policy(nonce, registry))
      response.setHeader('referrer-policy', 'no-referrer')
      response.end(html(nonce, { registry: registryUrl, tenant, token }))
    } else {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * Scripts by nonce, from the page and from the registry only: the nonce admits the import maps, the page's and those
 * that the host adds. Plugins bring their styles as elements, which no nonce can know.
 */
function policy(nonce: string, registry: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'self' ${registry}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: ${registry}`,
    `connect-src ${registry}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function html(nonce: string, settings: { registry: string; tenant: string; token: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Harbor &amp; Pine</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="importmap" nonce="${nonce}">${inScript(importMap('/shared/'))}</script>
<script type="application/json" id="settings">${inScript(settings)}</script>
<script type="module" nonce="${nonce}" src="/page.js"></script>
</head>
<body><div id="shop"></div></body>
</html>`
}

/** JSON that no text in it can end the script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
