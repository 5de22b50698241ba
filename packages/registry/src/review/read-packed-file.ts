import { once } from 'node:events'
import type { PackageFile } from '@plexica/inspect'
import { Parser } from 'tar'
import { blobKeys } from '../blobs/blob-keys.ts'
import { damaged, streamVerified, verify } from '../blobs/read-verified.ts'
import type { VersionRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { packageBlob } from '../publishing/package-blob.ts'
import type { World } from '../world.ts'

/** Bytes of a file that is shown as text. */
const mostBytes = 1024 * 1024

/**
 * The text of one file of a stored package. Reads the package as far as that file, and holds no more than the file.
 * Throws `file_not_found`, `file_too_large` or `file_not_text`; `BlobDamaged` when it is not what the row says.
 */
export async function readPackedText(world: World, version: VersionRow, path: string): Promise<PackedText> {
  const files: PackageFile[] = JSON.parse(version.files)
  const file = files.find((one) => one.path === path)
  if (!file) throw new RegistryError('file_not_found', `The package has no file ${path}.`)
  if (file.bytes > mostBytes) {
    throw new RegistryError('file_too_large', `${path} has ${file.bytes} bytes; up to ${mostBytes} are shown.`)
  }
  const bytes = await readFile(world, version, file)
  if (!isText(bytes)) throw new RegistryError('file_not_text', `${path} is not text in UTF-8.`)
  return { file, bytes }
}

export interface PackedText {
  readonly file: PackageFile
  /** UTF-8 */
  readonly bytes: Buffer
}

async function readFile({ blobs }: World, version: VersionRow, file: PackageFile): Promise<Buffer> {
  const key = blobKeys.package(version.blob)
  let found: Promise<Buffer> | undefined
  let isRead = false
  const parser = new Parser({
    strict: true,
    filter: (path) => path === file.path && found === undefined,
    onReadEntry: (entry) => {
      found = entry.concat().finally(() => {
        isRead = true
      })
    },
  })
  const ended = once(parser, 'end')
  ended.catch(() => {})
  for await (const chunk of await streamVerified(blobs, packageBlob(version))) {
    if (!parser.write(chunk) && !isRead) await Promise.race([once(parser, 'drain'), ended])
    if (isRead) break
  }
  if (!isRead) {
    parser.end()
    await ended
  }
  if (!found) throw damaged(key, `does not hold ${file.path}`)
  const bytes = await found
  verify(bytes, { key, bytes: file.bytes, integrity: file.integrity })
  return bytes
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
