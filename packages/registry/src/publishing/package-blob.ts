import { blobKeys } from '../blobs/blob-keys.ts'
import type { NamedBlob } from '../blobs/read-verified.ts'
import type { VersionRow } from '../db/tables.ts'

/** Where a version's package lies, and what it must be. */
export function packageBlob({ blob, packed_bytes }: Pick<VersionRow, 'blob' | 'packed_bytes'>): NamedBlob {
  const integrity = `sha256-${Buffer.from(blob, 'hex').toString('base64')}`
  return { key: blobKeys.package(blob), bytes: packed_bytes, integrity }
}
