import type { StorageLocation } from '../config.ts'
import type { BlobStore } from './blob-store.ts'
import { openDiskBlobs } from './disk-blobs.ts'

/** Opens the blob store that the settings name. The S3 client is loaded only when it is used. */
export async function openBlobs(location: StorageLocation): Promise<BlobStore> {
  if (location.kind === 'disk') return openDiskBlobs(location.folder)
  const { openS3Blobs } = await import('./s3-blobs.ts')
  return openS3Blobs(location)
}
