import { createReadStream } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { inspectPackage } from '@plexica/inspect'
import { freeChunks } from './free-chunks.ts'
import type { InspectAnswer, InspectorSetup, WorkerMessage } from './inspector.ts'

const { platform }: InspectorSetup = workerData
const port = parentPort
if (!port) throw new Error('This file is the body of a worker; inspector.ts starts it.')

port.on('message', async (path: string) => {
  const file = createReadStream(path, { highWaterMark: 64 * 1024 })
  let unreadable: NodeJS.ErrnoException | undefined
  file.on('error', (error) => {
    unreadable = error
  })
  let answer: InspectAnswer
  try {
    answer = { inspection: await inspectPackage(freed(file), platform ? { platform } : {}) }
  } catch (error) {
    answer = unreadable ? { unreadable: String(unreadable) } : { failure: String((error as Error).stack ?? error) }
  }
  port.postMessage(answer)
})

async function* freed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const free = freeChunks()
  for await (const chunk of chunks) {
    yield chunk
    free(chunk.length)
  }
}

port.postMessage({ ready: true } satisfies WorkerMessage)
