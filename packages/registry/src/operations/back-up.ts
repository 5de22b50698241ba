import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { BlobDamaged } from '../blobs/blob-store.ts'
import { openDiskBlobs } from '../blobs/disk-blobs.ts'
import { syncFolder } from '../blobs/sync-folder.ts'
import type { Config } from '../config.ts'
import { engineOf } from '../db/engine-of.ts'
import type { Row } from '../db/table-shape.ts'
import { type BackupManifest, backupPaths, readLines, sha256OfFile, writeLines } from './backup-folder.ts'
import { CannotTransfer } from './cannot-transfer.ts'
import type { CopiedBlob } from './copy-blobs.ts'
import { copyNamedBlobs } from './fill-registry.ts'
import { databaseRows, type Transferred } from './move-registry.ts'
import { readMigrations, type Stores, withStores } from './open-stores.ts'
import { tableSummer } from './row-store.ts'
import { TransferProgress } from './transfer-progress.ts'

/** A blob may go while it is copied, when its version was replaced meanwhile: then everything is looked at anew. */
const attempts = 3

/**
 * Writes all rows as they are at one moment, and every blob that they need, into a new folder, while registries run on.
 * The folder has its name when it is complete and on disk, not before. Throws `CannotTransfer` and `BlobDamaged`.
 */
export async function backUp(
  config: Pick<Config, 'database' | 'storage'>,
  path: string,
  { now, say }: { now: Date; say: (text: string) => void },
): Promise<Transferred> {
  const folder = resolve(path)
  const partial = `${folder}.partial`
  if (await isTaken(folder)) throw new CannotTransfer(`${folder} is there already. Name a new folder.`)
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial, { recursive: true, mode: 0o700 })
  return withStores(config, async (stores) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const manifest = await writeBackup(stores, partial, now, say)
        await writeFile(backupPaths.manifest(partial), `${JSON.stringify(manifest, null, 2)}\n`, {
          mode: 0o600,
          flush: true,
        })
        await syncFolder(partial)
        await rename(partial, folder)
        await syncFolder(dirname(folder))
        const tables = Object.fromEntries(Object.entries(manifest.tables).map(([name, { rows }]) => [name, rows]))
        const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
        return { tables, rows, blobs: { count: manifest.blobs.count, bytes: manifest.blobs.bytes } }
      } catch (error) {
        if (!(error instanceof BlobDamaged) || attempt === attempts) throw error
        say(`${error.message} Its version may have been replaced: looking again.`)
      }
    }
  })
}

async function isTaken(folder: string): Promise<boolean> {
  return readdir(folder).then(
    (names) => names.length > 0,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
}

async function writeBackup(
  { db, blobs }: Stores,
  folder: string,
  now: Date,
  say: (text: string) => void,
): Promise<BackupManifest> {
  const progress = new TransferProgress(say)
  await rm(backupPaths.tables(folder), { recursive: true, force: true })
  await mkdir(backupPaths.tables(folder), { mode: 0o700 })
  const rows = await engineOf(db).inSnapshot(db, (snapshot) => writeTables(snapshot, folder, progress))
  if (!rows.tables.versions) throw new CannotTransfer('There is no registry in the database that is set.')

  const copied: CopiedBlob[] = []
  progress.versionsLeft = rows.tables.versions.rows
  const target = await openDiskBlobs(backupPaths.blobs(folder))
  await copyNamedBlobs(blobs, target, readTable(folder, 'versions'), progress, (blob) => copied.push(blob))
  const lines = new Set(copied.map(({ sha256, bytes, key }) => `${sha256} ${bytes} ${key}`))
  await rm(backupPaths.blobList(folder), { force: true })
  await writeFile(backupPaths.blobList(folder), [...lines].toSorted().join('\n'), { mode: 0o600, flush: true })
  return {
    format: 'plexica-backup-1',
    madeAt: now.toISOString(),
    ...rows,
    blobs: {
      count: lines.size,
      bytes: [...new Map(copied.map(({ key, bytes }) => [key, bytes])).values()].reduce((sum, bytes) => sum + bytes, 0),
      listSha256: await sha256OfFile(backupPaths.blobList(folder)),
    },
  }
}

async function writeTables(
  db: Parameters<typeof databaseRows>[0],
  folder: string,
  progress: TransferProgress,
): Promise<Pick<BackupManifest, 'migrations' | 'tables'>> {
  const source = await databaseRows(db, await readMigrations(db))
  const tables: BackupManifest['tables'] = {}
  for (const [index, name] of source.tables.entries()) {
    const summer = tableSummer()
    async function* lines() {
      for await (const rows of source.rowsOf(name)) {
        summer.add(rows)
        progress.addRows(rows.length, name, source.tables.length - index - 1)
        yield rows.map((row) => JSON.stringify(row))
      }
    }
    await writeLines(backupPaths.table(folder, name), lines())
    const lastNumber = source.lastNumbers[name]
    tables[name] = { ...summer.sum(), ...(lastNumber === undefined ? {} : { lastNumber }) }
  }
  await syncFolder(backupPaths.tables(folder))
  return { migrations: [...source.migrations], tables }
}

/** The rows of a table in a backup. */
export async function* readTable(folder: string, name: string): AsyncGenerator<Row[]> {
  for await (const lines of readLines(backupPaths.table(folder, name))) {
    yield lines.map((line): Row => JSON.parse(line))
  }
}
