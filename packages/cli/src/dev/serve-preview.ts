import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { failure } from '../failure.ts'
import { loadPageFiles, sharedImports } from './page-files.ts'
import type { Preview, PreviewState } from './preview.ts'
import type { Bundle } from './rebuild.ts'

export interface PreviewServer {
  readonly url: string
  /** Shows this from now on; open pages load themselves anew. */
  show(preview: Preview, bundle: Bundle | undefined): void
  /** Tells open pages what is wrong, or that nothing is. */
  tell(findings: PreviewState['findings']): void
  close(): Promise<void>
}

/** A page may still be loading the bundle before the newest. */
const bundlesKept = 3

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

/** Serves the preview to browsers on this machine. `port` 0 takes a free one. */
export async function servePreview(port: number): Promise<PreviewServer> {
  const page = await loadPageFiles()
  const bundles = new Map<string, Bundle>()
  const listeners = new Set<ServerResponse>()
  let preview: Preview | undefined
  let findings: PreviewState['findings'] = []
  let authority = ''

  const send = (listener: ServerResponse) => {
    const state: PreviewState = { build: preview?.build ?? null, findings }
    listener.write(`data: ${JSON.stringify(state)}\n\n`)
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    listeners.add(response)
    response.once('close', () => listeners.delete(response))
    send(response)
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const refusal = refusalOf(request, authority)
    const pathname = URL.parse(request.url ?? '', 'http://preview')?.pathname ?? ''
    const [, folder = '', name = '', inBundle = ''] = pathname.split('/')
    const content = folder === 'bundle' ? bundles.get(name)?.files.get(inBundle) : page.get(name)
    if (refusal !== undefined) response.writeHead(refusal).end()
    else if (pathname === '/') sendHtml(response, preview)
    else if (pathname === '/events') follow(response)
    else if ((folder === 'bundle' || folder === 'page') && content) {
      const type = types[extname(pathname)] ?? 'application/octet-stream'
      response.writeHead(200, { 'content-type': type }).end(content)
    } else response.writeHead(404).end()
  }

  const server = createServer(answer)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    const why = error.code === 'EACCES' ? 'is not yours to take' : 'is taken'
    throw failure('port_taken', `Port ${port} of 127.0.0.1 ${why}.`, { cause: error })
  })
  authority = `127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url: `http://${authority}/`,
    show(next, bundle) {
      preview = next
      if (bundle) {
        bundles.delete(bundle.digest)
        bundles.set(bundle.digest, bundle)
      }
      for (const digest of [...bundles.keys()].slice(0, -bundlesKept)) bundles.delete(digest)
    },
    tell(next) {
      findings = next
      for (const listener of listeners) send(listener)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** A foreign name that leads here is how a web page elsewhere would read what is served (DNS rebinding). */
function refusalOf({ method, headers: { host } }: IncomingMessage, authority: string): number | undefined {
  if (host !== authority && host !== authority.replace('127.0.0.1', 'localhost')) return 421
  return method === 'GET' || method === 'HEAD' ? undefined : 405
}

/** Nothing from and to other hosts. Plugins bring their styles as elements, which no nonce can know. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'self'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function sendHtml(response: ServerResponse, preview: Preview | undefined): void {
  const nonce = randomBytes(16).toString('base64')
  response.setHeader('content-security-policy', policy(nonce))
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Preview</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/preview-style.css">
<script type="importmap" nonce="${nonce}">${inScript({ imports: sharedImports() })}</script>
<script type="application/json" id="preview">${inScript(preview ?? null)}</script>
<script type="module" nonce="${nonce}" src="/page/preview.js"></script>
</head>
<body><main id="components"></main></body>
</html>`)
}

/** JSON that no text in it can end the script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
