import { buildApp } from 'fauxqs'

export interface TestS3 {
  readonly endpoint: string
  makeBucket(name: string): Promise<void>
  stop(): Promise<void>
}

/** An S3 server in this process, on a free port, that keeps everything in memory. It lets everybody in. */
export async function startS3(): Promise<TestS3> {
  const server = buildApp({ logger: false })
  const endpoint = await server.listen({ port: 0, host: '127.0.0.1' })
  return {
    endpoint,
    makeBucket: async (name) => {
      await fetch(`${endpoint}/${name}`, { method: 'PUT' })
    },
    stop: async () => {
      await server.close()
    },
  }
}
