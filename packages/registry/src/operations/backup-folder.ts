import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Type, { type Static } from 'typebox'
import { CannotTransfer } from './cannot-transfer.ts'

/** What a backup consists of; the last file that is written, so that what has one is complete. */
export const BackupManifest = Type.Object({
  format: Type.Literal('plexica-backup-1'),
  madeAt: Type.String(),
  /** The schema of its rows. */
  migrations: Type.Array(Type.String()),
  tables: Type.Record(
    Type.String(),
    Type.Object({ rows: Type.Integer(), sha256: Type.String(), lastNumber: Type.Optional(Type.Integer()) }),
  ),
  blobs: Type.Object({ count: Type.Integer(), bytes: Type.Integer(), listSha256: Type.String() }),
})
export type BackupManifest = Static<typeof BackupManifest>

/** Where things lie in a backup. */
export const backupPaths = {
  manifest: (folder: string) => join(folder, 'manifest.json'),
  tables: (folder: string) => join(folder, 'tables'),
  table: (folder: string, name: string) => join(folder, 'tables', `${name}.jsonl`),
  /** A line for each blob: SHA-256, length, key. */
  blobList: (folder: string) => join(folder, 'blobs.txt'),
  blobs: (folder: string) => join(folder, 'blobs'),
} as const

/** Writes lines to a new file, and gets them onto the disk. */
export async function writeLines(path: string, lines: AsyncIterable<readonly string[]>): Promise<void> {
  async function* chunks() {
    for await (const some of lines) yield `${some.join('\n')}\n`
  }
  await pipeline(Readable.from(chunks()), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
}

/** The lines of a file, some at a time. */
export async function* readLines(path: string): AsyncGenerator<string[]> {
  // Not by `readline`, which takes other characters of Unicode for ends of lines too, as JSON does not.
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    if (lines.length > 0) yield lines
  }
  if (rest !== '') yield [rest]
}

/** Throws `CannotTransfer` when there is no complete backup in the folder. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(backupPaths.manifest(folder), 'utf8').catch((error: Error) => {
    throw new CannotTransfer(`There is no complete backup in ${folder}: ${error.message}.`)
  })
  try {
    const manifest: unknown = JSON.parse(text)
    if (new Ajv2020().validate<BackupManifest>(BackupManifest, manifest)) return manifest
  } catch {
    // Said below.
  }
  throw new CannotTransfer(`The manifest.json in ${folder} is not one of a backup that this program can read.`)
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
