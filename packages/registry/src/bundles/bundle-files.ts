import type { PackageFile } from '@plexica/inspect'
import { packageLayout as layout, limits, type Manifest } from '@plexica/manifest-schema'
import { blobKeys, type Encoding } from '../blobs/blob-keys.ts'
import type { NamedBlob } from '../blobs/read-verified.ts'
import type { VersionRow } from '../db/tables.ts'
import { isCompressible } from './bundle-headers.ts'

/** The files of a package that browsers may have: scripts and assets, neither the server's part nor source maps. */
export function browserFiles({ files, manifest }: Pick<VersionRow, 'files' | 'manifest'>): PackageFile[] {
  const { backend }: Manifest = JSON.parse(manifest)
  const all: PackageFile[] = JSON.parse(files)
  return all.filter(({ path }) => isBrowserFile(path) && path !== backend?.entry)
}

function isBrowserFile(path: string): boolean {
  if (path === layout.backend || path.endsWith('.map')) return false
  return path.startsWith(layout.distFolder) || path.startsWith(layout.assetsFolder)
}

/** Whether a file is also kept in encoded forms. Those are checked in memory, so none of a large file is made. */
export function isEncoded({ path, bytes }: PackageFile): boolean {
  return isCompressible(path) && bytes <= limits.scriptBytes.max
}

export function fileBlob(digest: string, file: PackageFile, encoding: Encoding | 'identity' = 'identity'): NamedBlob {
  return { key: blobKeys.file(digest, file.path, encoding), bytes: file.bytes, integrity: file.integrity }
}
