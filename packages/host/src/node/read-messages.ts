import type { Readable } from 'node:stream'
import { channelBudget } from './backend-limits.ts'
import { FrameReader } from './child/frames.ts'
import type { FromBackend } from './child/messages.ts'
import { isMessage } from './message-shapes.ts'

export interface MessageReaders {
  take(message: FromBackend): void
  /** After the first message that is none; nothing is read from then on. */
  refused(why: string): void
}

/**
 * Reads what a backend says, at the pace that `channelBudget` grants: one that talks without end waits at its full pipe,
 * until the time of its call is over, and takes no more of the platform's time than the budget. `drain` is for the rest,
 * when the process is gone.
 */
export function readMessages(stream: Readable, longest: number, { take, refused }: MessageReaders): { drain(): void } {
  const reader = new FrameReader(longest)
  let draining = false
  let bytes = 0
  let messages = 0
  let second = performance.now()

  function rest(): void {
    const now = performance.now()
    if (now - second >= 1_000) {
      second = now
      bytes = 0
      messages = 0
    }
    if (draining || (bytes < channelBudget.bytes && messages < channelBudget.messages)) return
    stream.pause()
    setTimeout(() => stream.resume(), 1_000 - (now - second)).unref()
  }

  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    try {
      for (const message of reader.push(chunk)) {
        messages++
        if (!isMessage(message)) throw new Error('something that is no message')
        take(message)
      }
    } catch (error) {
      stream.removeAllListeners('data').resume()
      refused(error instanceof Error ? error.message : String(error))
    }
    rest()
  })
  return {
    drain() {
      draining = true
      stream.resume()
    },
  }
}
