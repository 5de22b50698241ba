import { createHash } from 'node:crypto'
import { type Finding, limits } from '@plexica/manifest-schema/validate'
import type { PackageFile } from '../inspection.ts'
import { archiveFinding } from './archive-rules.ts'
import { gunzipPackage } from './gunzip-package.ts'
import { collisionFindings } from './path-rules.ts'
import { type FileReader, TarWalker } from './tar-walker.ts'

export interface ArchiveReading {
  /** `sha256-…` over the uncompressed tar; absent when the archive could not be read to its end. */
  digest?: string
  /** 0 when the archive could not be read to its end, and so `unpackedBytes`. */
  packedBytes: number
  unpackedBytes: number
  /** Whether every entry was seen, so that a file which is not in `files` is not in the archive or not sound. */
  complete: boolean
  /** The sound files in the archive's order. */
  files: PackageFile[]
  findings: Finding[]
}

/** Offers each sound file; what it gives back gets the content. */
export type ReadFile = (path: string, bytes: number) => FileReader | undefined

/**
 * Reads a `.tar.gz` once, without trusting it and without keeping it. Rejects only with the error of the source. Where
 * the gzip data is faulty or reading stopped at a limit, that is the only finding: the rest was not seen as a whole.
 */
export async function readArchive(source: AsyncIterable<Uint8Array>, read: ReadFile): Promise<ArchiveReading> {
  const digest = createHash('sha256')
  const files: PackageFile[] = []
  const walker = new TarWalker((path, bytes) => {
    const integrity = createHash('sha256')
    const reader = read(path, bytes)
    return {
      data: (chunk) => {
        integrity.update(chunk)
        reader?.data(chunk)
      },
      end: () => {
        files.push({ path, bytes, integrity: `sha256-${integrity.digest('base64')}` })
        reader?.end()
      },
    }
  })
  const { fault, ...sizes } = await gunzipPackage(source, (chunk) => {
    digest.update(chunk)
    walker.push(chunk)
  })
  if (fault !== undefined) return { packedBytes: 0, unpackedBytes: 0, complete: false, files: [], findings: [fault] }
  const complete = walker.finish()
  return {
    digest: `sha256-${digest.digest('hex')}`,
    ...sizes,
    complete,
    files,
    findings: [
      ...ratioFindings(sizes.packedBytes, sizes.unpackedBytes),
      ...walker.findings,
      ...collisionFindings(files.map((file) => file.path)),
    ],
  }
}

/** The ratio says nothing about small packages: the zeros of tar's own headers shrink without end. */
const ratioFloorBytes = 4 * 1024 * 1024

function ratioFindings(packedBytes: number, unpackedBytes: number): Finding[] {
  const { max } = limits.compressionRatio
  if (unpackedBytes <= Math.max(ratioFloorBytes, packedBytes * max)) return []
  const ratio = Math.floor(unpackedBytes / packedBytes)
  return [archiveFinding('archive-ratio', `The package unpacks to ${ratio} times its size, ${max} are allowed.`)]
}
