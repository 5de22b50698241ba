import type { Client, PreflightAnswer, PublishAnswer, QueryOf, Routes } from '@plexica/api'
import { failure } from '../failure.ts'
import type { PackedArchive } from '../pack/pack-archive.ts'

export interface Upload {
  client: Client
  pluginId: string
  digest: string
  /** The channel and the visibility that were asked for. */
  wishes: { tag?: string; visibility?: 'public' | 'private' }
  archive: PackedArchive
  /** Milliseconds without progress after which the upload is given up. */
  answerTime: number
  signal: AbortSignal
  /** Told how many bytes have been sent so far. */
  onSent?: (bytes: number) => void
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

function queryOf({ digest, wishes }: Upload): QueryOf<Routes['preflight']> {
  return { digest, ...wishes }
}

/** A large package may take minutes, so what is bounded is the time in which nothing moves. */
async function sendWatched<Answer>(
  { archive, answerTime, signal, onSent }: Upload,
  send: (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const stalled = new AbortController()
  const clock = setTimeout(() => stalled.abort(), answerTime)
  async function* body() {
    let sent = 0
    for await (const member of archive.members()) {
      clock.refresh()
      yield member
      sent += member.length
      onSent?.(sent)
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
