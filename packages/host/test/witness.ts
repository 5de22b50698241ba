import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/** A server on this machine that tells under which names it was reached. */
export interface Witness {
  port: number
  /** The paths that were asked for under a host's name, since `forget`. */
  seenAt(host: string): string[]
  forget(): void
  close(): Promise<void>
}

/**
 * `/echo` says what it was sent, `/redirect?to=` leads away, `/round` to itself, `/large` is five million bytes, `/never`
 * does not answer; WebSockets are taken. It listens on every loopback address, so that `localhost` reaches it whichever
 * family comes first.
 */
export async function startWitness(): Promise<Witness> {
  const upgraded = new Set<Duplex>()
  const seen: { host: string; path: string }[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://witness')
    seen.push({ host: (request.headers.host ?? '').replace(/:\d+$/, ''), path: request.url ?? '' })
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (url.pathname === '/redirect') {
        response.writeHead(Number(url.searchParams.get('status') ?? 302), {
          location: url.searchParams.get('to') ?? '/',
        })
        response.end()
      } else if (url.pathname === '/round') response.writeHead(302, { location: '/round' }).end()
      else if (url.pathname === '/large') response.end(Buffer.alloc(5_000_000))
      else if (url.pathname !== '/never') {
        const { authorization = '-' } = request.headers
        const key = request.headers['x-key'] ?? authorization
        response.end(`${request.method} ${request.url} ${key} ${Buffer.concat(parts)}`)
      }
    })
  })
  server.on('upgrade', (request, socket) => {
    seen.push({ host: (request.headers.host ?? '').replace(/:\d+$/, ''), path: request.url ?? '' })
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    const head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
    socket.on('error', () => undefined).write(`${head}Sec-WebSocket-Accept: ${accept}\r\n\r\n`)
    upgraded.add(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '::', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    seenAt: (host) => seen.filter((request) => request.host === host).map(({ path }) => path),
    forget: () => seen.splice(0),
    close: () =>
      new Promise((resolve) => {
        for (const socket of upgraded) socket.destroy()
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
