import type { Client, PreflightAnswer, PublishAnswer } from '@plexica/api'
import { failure } from '../failure.ts'
import type { PackedArchive } from '../pack/pack-archive.ts'

export interface Upload {
  client: Client
  pluginId: string
  digest: string
  channel: string | undefined
  archive: PackedArchive
  /** Milliseconds without progress after which the upload is given up. */
  answerTime: number
  signal: AbortSignal
}

/** Sends the package to be published. Sending the same bytes again gives the same answer. */
export function uploadPackage(upload: Upload & { submit: boolean }): Promise<PublishAnswer> {
  const { client, pluginId, submit } = upload
  return sendWatched(upload, (body, signal) =>
    client.publishVersion({ params: { pluginId }, query: { ...queryOf(upload), submit }, body, signal }),
  )
}

/** Sends the package to hear what publishing it would answer; nothing is stored. */
export function askPreflight(upload: Upload): Promise<PreflightAnswer> {
  return sendWatched(upload, (body, signal) => upload.client.preflight({ query: queryOf(upload), body, signal }))
}

function queryOf({ digest, channel }: Upload): { digest: string; tag?: string } {
  return channel === undefined ? { digest } : { digest, tag: channel }
}

/** A large package may take minutes, so what is bounded is the time in which nothing moves. */
async function sendWatched<Answer>(
  { archive, answerTime, signal }: Upload,
  send: (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const stalled = new AbortController()
  const clock = setTimeout(() => stalled.abort(), answerTime)
  async function* body() {
    for await (const member of archive.members()) {
      clock.refresh()
      yield member
    }
    clock.refresh()
  }
  try {
    return await send(body(), AbortSignal.any([signal, stalled.signal]))
  } catch (error) {
    signal.throwIfAborted()
    if (!stalled.signal.aborted) throw error
    const seconds = Math.round(answerTime / 1000)
    throw failure('registry_timeout', `The registry took nothing and answered nothing for ${seconds} s.`, {
      cause: error,
    })
  } finally {
    clearTimeout(clock)
  }
}
