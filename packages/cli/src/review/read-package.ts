import type { Client } from '@plexica/api'
import { readArchive } from '@plexica/inspect'
import { failure } from '../failure.ts'

/** Bytes of the files that are kept of a package; far above what anybody reads. */
const mostBytes = 32 * 1024 * 1024

/**
 * The contents of some files of a published version, of which the package is read once and not kept. Throws a failure
 * when the answer is not the package of that digest.
 */
export async function readPackage(
  client: Client,
  version: { pluginId: string; version: string; digest: string },
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>()
  if (wanted.size === 0) return contents
  const params = { pluginId: version.pluginId, version: version.version }
  const { body } = await client.getPackage({ params, signal })
  let kept = 0
  const { digest } = await readArchive(body ?? nothing(), (path, bytes) => {
    if (!wanted.has(path) || kept + bytes > mostBytes) return undefined
    kept += bytes
    const chunks: Buffer[] = []
    return {
      // The reader uses its buffer again.
      data: (chunk) => void chunks.push(Buffer.from(chunk)),
      end: () => void contents.set(path, Buffer.concat(chunks)),
    }
  })
  if (digest === version.digest) return contents
  throw failure('answer_damaged', `What came as ${params.pluginId} ${params.version} is not ${version.digest}.`)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
