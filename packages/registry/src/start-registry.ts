import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openWorld } from './open-world.ts'

export interface RunningRegistry {
  readonly url: string
  /** Stops taking requests, lets those that run end, then closes the database. */
  stop(): Promise<void>
}

/** How long requests may run on after a stop was asked for, in milliseconds. */
const stopGrace = 10_000

/** Opens everything the settings name and listens. Throws, with nothing left open, when a part cannot be opened. */
export async function startRegistry(config: Config): Promise<RunningRegistry> {
  let url = config.publicUrl ?? ''
  const { world, close } = await openWorld(config, () => url)
  const server = createServer(createApp(world))
  // A package of 50 MB over a slow line takes minutes; the head of a request does not.
  server.requestTimeout = 15 * 60_000
  server.headersTimeout = 30_000
  try {
    const port = await listen(server, config)
    url ||= `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  } catch (error) {
    await close()
    throw error
  }
  world.log.info({ url }, 'listening')
  return {
    url,
    stop: async () => {
      await drain(server)
      await close()
      world.log.info('stopped')
    },
  }
}

function listen(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), stopGrace)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
}
