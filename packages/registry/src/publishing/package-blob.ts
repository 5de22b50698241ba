import { blobKeys } from '../blobs/blob-keys.ts'
import type { NamedBlob } from '../blobs/read-verified.ts'
import type { StoredVersionRow, VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'

/** Throws `package_removed` for a version whose package and files were given up by the operator's policy. */
export function requireKept(
  { blob_removed_at }: Pick<StoredVersionRow, 'blob_removed_at'>,
  { pluginId, version }: { pluginId: string; version: string },
): void {
  if (blob_removed_at === null) return
  throw new RegistryError('package_removed', `The package of ${pluginId}@${version} is kept no longer.`)
}

/** Where a version's package lies, and what it must be. */
export function packageBlob({ blob, packed_bytes }: Pick<VersionRow, 'blob' | 'packed_bytes'>): NamedBlob {
  const integrity = `sha256-${Buffer.from(blob, 'hex').toString('base64')}`
  return { key: blobKeys.package(blob), bytes: packed_bytes, integrity }
}
