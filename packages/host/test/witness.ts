import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on this machine that tells under which names it was reached. */
export interface Witness {
  port: number
  /** The paths that were asked for under a host's name, since `forget`; and every bare connection as `connection`. */
  seenAt(host: string): string[]
  forget(): void
  close(): Promise<void>
}

/**
 * `/echo` says what it was sent, `/redirect?to=` leads away, `/round` to itself, `/large` is five million bytes, `/never` does not answer.
 * It listens on every loopback address, so that `localhost` reaches it whichever family comes first.
 */
export async function startWitness(): Promise<Witness> {
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
  await new Promise<void>((resolve) => server.listen(0, '::', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    seenAt: (host) => seen.filter((request) => request.host === host).map(({ path }) => path),
    forget: () => seen.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
