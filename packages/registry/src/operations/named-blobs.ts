import { blobKeys, encodings } from '../blobs/blob-keys.ts'
import { browserFiles, fileBlob, isEncoded } from '../bundles/bundle-files.ts'
import type { StoredVersionRow } from '../db/tables.ts'
import { packageBlob } from '../publishing/package-blob.ts'
import { isPublic } from '../publishing/version-store.ts'

/** A blob that a row needs. */
export interface NeededBlob {
  readonly key: string
  /** What it must be, as Subresource Integrity; undefined for an encoded form, which has no digest of its own. */
  readonly integrity: string | undefined
}

/** What is read of a version to know its blobs. */
export type VersionWithBlobs = Pick<
  StoredVersionRow,
  'blob' | 'packed_bytes' | 'state' | 'digest' | 'files' | 'manifest'
> & {
  /** Absent in rows of an older schema. */
  readonly blob_removed_at?: string | null
}

/**
 * The blobs of a version: its package, and once it is served its scripts and assets with their encoded forms; none when
 * they are kept no longer.
 */
export function blobsOf(version: VersionWithBlobs): NeededBlob[] {
  if (version.blob_removed_at != null) return []
  const needed: NeededBlob[] = [packageBlob(version)]
  if (!isPublic(version.state)) return needed
  for (const file of browserFiles(version)) {
    needed.push(fileBlob(version.digest, file))
    if (!isEncoded(file)) continue
    for (const encoding of encodings) {
      needed.push({ key: blobKeys.file(version.digest, file.path, encoding), integrity: undefined })
    }
  }
  return needed
}
