import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buildPage } from '../scripts/build-page.ts'
import { importMap } from '../src/shared-modules.ts'

export interface PageFixture {
  url: string
  close(): Promise<void>
}

export interface PageOptions {
  registryUrl: string
  /** How the page's policy admits its import map. Under `hash` the browser takes no later map, as Firefox never does. */
  importMapBy: 'nonce' | 'hash'
  /** Its script, in the folder `page`. */
  script?: string
}

/** Each page is built once per run. */
const built = new Map<string, ReturnType<typeof buildPage>>()

/** Serves the test page as a careful platform does: shim modules, import map, and a policy that admits little. */
export async function servePage({
  registryUrl,
  importMapBy,
  script: file = 'page.tsx',
}: PageOptions): Promise<PageFixture> {
  const page = built.get(file) ?? buildPage(join(import.meta.dirname, 'page', file))
  built.set(file, page)
  const { script, shims } = await page
  const scripts = new Map(Object.entries(shims).map(([file, source]) => [`/shared/${file}`, source]))
  scripts.set('/page.js', script)
  const map = JSON.stringify(importMap('/shared/'))

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    const script = scripts.get(pathname)
    if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
    } else if (pathname === '/') {
      const nonce = importMapBy === 'nonce' ? randomBytes(16).toString('base64') : undefined
      const admitted = nonce ? `nonce-${nonce}` : `sha256-${createHash('sha256').update(map).digest('base64')}`
      const attribute = nonce ? ` nonce="${nonce}"` : ''
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          `default-src 'none'; script-src '${admitted}' 'self' ${registryUrl}; connect-src ${registryUrl}; ` +
          "style-src 'unsafe-inline'; base-uri 'none'; object-src 'none'",
      })
      response.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page</title>
<script type="importmap"${attribute}>${map}</script>
<script type="module"${attribute} src="/page.js"></script>
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
