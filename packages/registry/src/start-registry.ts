import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { answerReady } from './http/answer-ready.ts'
import { createServer } from './http/node-http.ts'
import { refuseUnreadable } from './http/refuse-unreadable.ts'
import { watchSilentConnections } from './http/silent-connections.ts'
import { openWorld } from './open-world.ts'
import { findPages } from './pages/find-pages.ts'
import { openPages } from './pages/page-files.ts'
import { startJobs } from './start-jobs.ts'

export interface RunningRegistry {
  readonly url: string
  /** Stops taking requests, lets those that run end, then closes the database. */
  stop(): Promise<void>
}

/** How long requests may run on after a stop was asked for, in milliseconds. */
const stopGrace = 10_000

/** Opens everything the settings name and listens. Throws, with nothing left open, when a part cannot be opened. */
export async function startRegistry(
  config: Config,
  log?: Logger,
  now?: () => Date,
  pagesFolder: string | undefined = findPages(),
): Promise<RunningRegistry> {
  let url = config.publicUrl ?? ''
  const pages = await openPages(pagesFolder)
  const { world, close } = await openWorld(config, () => url, log, now)
  const app = createApp(world, pages)
  const server = createServer((request, response) => {
    if (!answerReady(world, request, response)) app(request, response)
  })
  // A package of 50 MB over a slow line takes minutes; the head of a request does not.
  server.requestTimeout = 15 * 60_000
  server.headersTimeout = 30_000
  // Longer than clients and proxies keep a connection that rests, so that none sends on one that is being closed.
  server.keepAliveTimeout = 75_000
  refuseUnreadable(server, world.log)
  const closeSilent = watchSilentConnections(server)
  try {
    const port = await listen(server, config)
    url ||= addressOf(config.host, port)
  } catch (error) {
    await close()
    throw error
  }
  world.bus.start()
  const stopJobs = startJobs(world)
  world.log.info({ url }, 'listening')
  return {
    url,
    stop: async () => {
      // Event streams would run on: their clients come back to another process, or later.
      world.bus.end()
      await drain(server, closeSilent)
      await stopJobs()
      await close()
      world.log.info('stopped')
    },
  }
}

/** Nobody can go to "every address": the name of this machine for itself stands for it. */
function addressOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function listen(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function drain(server: Server, closeSilent: () => void): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), stopGrace)
    // A connection whose request has just ended is idle from now on, and would stay until its client lets go.
    const sweep = setInterval(() => {
      server.closeIdleConnections()
      closeSilent()
    }, 50)
    server.close(() => {
      clearTimeout(force)
      clearInterval(sweep)
      resolve()
    })
  })
}
