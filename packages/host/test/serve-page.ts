import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { importMap, shimModules } from '../src/shared-react.ts'

export interface PageFixture {
  url: string
  close(): Promise<void>
}

/** Serves the test page as a careful platform does: shim modules, import map, and a policy that admits little. */
export async function servePage({ registryUrl }: { registryUrl: string }): Promise<PageFixture> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page/page.tsx')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  })
  const shims = shimModules({
    react,
    'react/jsx-runtime': jsxRuntime,
    'react-dom': reactDom,
    'react-dom/client': reactDomClient,
  })
  const scripts = new Map(Object.entries(shims).map(([file, source]) => [`/shared/${file}`, source]))
  scripts.set('/page.js', outputFiles[0]?.text ?? '')

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    const script = scripts.get(pathname)
    if (script !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script)
    } else if (pathname === '/') {
      const nonce = randomBytes(16).toString('base64')
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          `default-src 'none'; script-src 'nonce-${nonce}' 'self' ${registryUrl}; connect-src ${registryUrl}; ` +
          "style-src 'unsafe-inline'; base-uri 'none'; object-src 'none'",
      })
      response.end(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page</title>
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
