import { gzipSync } from 'node:zlib'
import { type Inspection, inspectPackage } from '@plexica/inspect'
import { packageLayout as layout, type Manifest } from '@plexica/manifest-schema'
import { Header } from 'tar'

/** The package of a seeded plugin: small, but whole, and inspected as any other. */
export interface CorpusPackage {
  readonly bytes: Uint8Array
  readonly digest: string
  readonly inspection: Inspection
}

const blockBytes = 512
/** The same at each run, so that the same record makes the same bytes. */
const modified = new Date('1985-10-26T08:15:00Z')

/**
 * Manifest, README and a server's part of one line. What browsers load would be files of their own in the blob store,
 * which cost more than all the rest. Throws where the inspection finds an error in what is made here.
 */
export async function corpusPackage(manifest: Manifest): Promise<CorpusPackage> {
  const bytes = archiveOf([
    [layout.readme, Buffer.from(`# ${manifest.name}\n\n${manifest.description}\n`)],
    [layout.backend, Buffer.from(`export const plugin = ${JSON.stringify(manifest.id)}\n`)],
    [layout.manifest, Buffer.from(JSON.stringify(manifest))],
  ])
  const inspection = await inspectPackage(once(bytes))
  const fault = inspection.findings.find(({ severity }) => severity === 'error')
  if (fault || inspection.digest === undefined) {
    throw new Error(`the package of ${manifest.id} is not sound: ${fault?.message ?? 'it cannot be read'}`)
  }
  return { bytes, digest: inspection.digest, inspection }
}

/** A `.tar.gz` in ustar form. */
function archiveOf(files: readonly (readonly [path: string, content: Buffer])[]): Uint8Array {
  const blocks = files.flatMap(([path, content]) => [
    headerOf(path, content.length),
    content,
    Buffer.alloc(-content.length & (blockBytes - 1)),
  ])
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]))
}

function headerOf(path: string, size: number): Buffer {
  const header = new Header({ path, size, mode: 0o644, uid: 0, gid: 0, mtime: modified, type: 'File' })
  header.encode()
  if (!header.block) throw new TypeError(`${path} does not fit a ustar header`)
  return header.block
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
