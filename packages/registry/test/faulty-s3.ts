import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { startS3 } from './start-s3.ts'

/**
 * What the server does with requests: passes them on, ends every connection, refuses as a full one does, answers each
 * after a while, breaks off bodies in their middle, or passes so many writes on and refuses those after them.
 */
export type Fault = 'none' | 'gone' | 'full' | 'slow' | 'cut' | { readonly writes: number }

/** An S3 server with bad days. */
export interface FaultyS3 {
  readonly endpoint: string
  fault: Fault
  stop(): Promise<void>
}

/** Milliseconds by which a slow server is late. */
const delay = 400

export async function startFaultyS3(): Promise<FaultyS3> {
  const real = await startS3()
  await real.makeBucket('plexica')
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const faulty: FaultyS3 = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: 'none',
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await real.stop()
    },
  }
  return faulty

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { fault } = faulty
    const isWrite = request.method === 'PUT'
    if (typeof fault === 'object' && isWrite) {
      faulty.fault = fault.writes > 1 ? { writes: fault.writes - 1 } : 'gone'
    }
    if (fault === 'gone') return void request.socket.destroy()
    if (fault === 'full' && isWrite) {
      request.resume()
      response.writeHead(507, { 'content-type': 'application/xml' })
      return void response.end('<Error><Code>InsufficientStorage</Code></Error>')
    }
    if (fault === 'slow') await wait(delay)
    if (fault === 'cut' && isWrite) return void request.once('data', () => request.socket.destroy())
    passOn(request, response, fault === 'cut')
  }

  function passOn(request: IncomingMessage, response: ServerResponse, isCut: boolean): void {
    const { method, url, headers } = request
    const onward = forward(new URL(url ?? '/', real.endpoint), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      if (!isCut || method === 'HEAD') return void answer.pipe(response)
      answer.once('data', (chunk: Buffer) => {
        response.write(chunk.subarray(0, Math.floor(chunk.length / 2)))
        setTimeout(() => response.destroy(), 20)
        answer.destroy()
      })
      answer.once('end', () => response.end())
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  }
}
