import { createSocket } from 'node:dgram'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { runProgram } from '../../../scripts/programs.ts'
import { startRegistryWithPeople } from '../../cli/test/registry-with-people.ts'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage, type PackageOverrides } from '../../inspect/test/build-package.ts'
import { buildPage } from '../scripts/build-page.ts'
import type { FrameSource } from '../src/frame.ts'
import { buildPlugin } from './build-plugin.ts'
import { launchBrowser } from './find-browser.ts'

export type Sandbox = Awaited<ReturnType<typeof openSandbox>>

/** A real registry with its pages, a platform's page of another origin, and a browser that looks at it. */
export async function openSandbox() {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-sandbox-'))
  const pages = join(folder, 'pages')
  const repository = join(import.meta.dirname, '../../..')
  await runProgram([join(repository, 'packages/web/scripts/build.ts'), pages], { env: process.env })
  const start = [join(repository, 'packages/registry/test/start-with-pages.ts'), pages]
  const registry = await startRegistryWithPeople({}, start)
  const platform = await servePlatform()
  const browser = await launchBrowser()

  return {
    registry,
    platform: platform.url,
    /** Publishes a plugin of the folder `plugins`, installs it for acme, and says where its frame gets everything. */
    async install(
      id: string,
      manifest: NonNullable<PackageOverrides['manifest']> = {},
      files: Record<string, string> = {},
    ) {
      const built = await buildPlugin(join(import.meta.dirname, 'plugins', id, 'index.tsx'))
      const scripts = Object.fromEntries([...built].map(([path, bytes]) => [`dist/${path}`, bytes]))
      const body = inChunks(goodPackage({ manifest: { id, name: id, ...manifest }, files: { ...scripts, ...files } }))
      const { version, digest } = await registry.ann.client.publishPlugin({ body })
      await registry.root.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
      const { bundle } = await registry.ada.client.installPlugin({
        params: { tenantId: 'acme', pluginId: id },
        body: { grantedPermissions: manifest.requiredPermissions ?? ['orders:read'] },
      })
      if (!bundle) throw new Error(`${id} has no frontend`)
      const { url: entry, files: listed } = bundle
      const url = new URL('frame.html', entry).href
      return (exportName: string): FrameSource => ({ url, entry, files: listed, exportName })
    },
    /** A window on the platform's page, of a visitor who is signed in at the registry too. */
    async visit(): Promise<Page> {
      const context = await browser.newContext({ geolocation: { latitude: 44.5, longitude: 11.3 } })
      await context.grantPermissions(['geolocation', 'clipboard-read'], { origin: platform.url })
      const headers = { 'sec-fetch-site': 'same-origin' }
      const answer = await context.request.post(`${registry.url}/api/session`, {
        data: { token: registry.root.key },
        headers,
      })
      if (answer.status() !== 201) throw new Error(`nobody signed in: ${answer.status()}`)
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      await page.goto(platform.url)
      return page
    },
    async close() {
      await browser.close()
      await platform.close()
      await registry.stop()
      await rm(folder, { recursive: true })
    },
  }
}

/** A page without a policy of its own: what the sandbox holds, it holds by itself. */
async function servePlatform() {
  const { script } = await buildPage(join(import.meta.dirname, 'page/sandbox-page.ts'))
  return serve((request, response) => {
    if (request.url === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    } else if (request.url?.endsWith('worker.js')) {
      const source = `self.onconnect = ({ ports: [port] }) => port.postMessage('hello')`
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(source)
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end('<!doctype html><title>Platform</title><script type="module" src="/page.js"></script><body></body>')
    }
  })
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server of this machine; its address is with 127.0.0.1 or with the name. */
export async function serve(answer: Answer, name = '127.0.0.1') {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, name, resolve))
  return {
    server,
    url: `http://${name}:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A server that answers whatever it is asked for with something that a browser takes, and remembers by which key. */
export async function serveAnything(name?: string) {
  const asked: string[] = []
  const keyOf = ({ url = '' }: IncomingMessage) => new URL(url, 'http://any').pathname.slice(1)
  const types: Record<string, string> = {
    script: 'text/javascript',
    'style-sheet': 'text/css',
    'event-source': 'text/event-stream',
  }
  const server = await serve((request, response) => {
    const key = keyOf(request)
    asked.push(key)
    const type = key.includes('picture') ? 'image/svg+xml' : (types[key] ?? 'text/html')
    response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' })
    if (type === 'text/event-stream') response.write(':\n\n')
    else response.end(type === 'image/svg+xml' ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : '')
  }, name)
  server.server.on('upgrade', (request, socket) => {
    asked.push(keyOf(request))
    socket.destroy()
  })
  return { ...server, asked }
}

/** What would be asked by browsers that look for a way to each other (STUN, RFC 8489). */
export async function serveStun(onAsked: () => void) {
  const socket = createSocket('udp4').on('message', onAsked)
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return { url: `stun:127.0.0.1:${socket.address().port}`, close: () => socket.close() }
}

/** What a window did that people would notice: dialogs, tabs, downloads, by the key that is in them. */
export function watchWindow(page: Page): string[] {
  const seen: string[] = []
  const context: BrowserContext = page.context()
  page.on('dialog', (dialog) => {
    seen.push(dialog.message())
    dialog.dismiss().catch(() => {})
  })
  page.on('download', () => seen.push('download'))
  context.on('page', () => seen.push('tab'))
  return seen
}
