import { resolve } from 'node:path'
import { openDiskBlobs } from '../blobs/disk-blobs.ts'
import type { Config } from '../config.ts'
import { unknownMigrations } from '../db/migrate.ts'
import type { Row } from '../db/table-shape.ts'
import { readTable } from './back-up.ts'
import { type BackupManifest, backupPaths, readLines, readManifest, sha256OfFile } from './backup-folder.ts'
import { CannotTransfer } from './cannot-transfer.ts'
import { copyNamedBlobs, loadRows, refuseOtherBlobs, refuseRows } from './fill-registry.ts'
import { countsOf, type Transferred } from './move-registry.ts'
import { withStores } from './open-stores.ts'
import { type TableSum, tableSummer } from './row-store.ts'
import { TransferProgress } from './transfer-progress.ts'

/**
 * Brings a backup into an empty registry, on whichever engine and store: blobs first, rows in one transaction last.
 * Every row and every byte is compared with what the backup's manifest says. Running it again after an interruption goes
 * on. Throws `CannotTransfer` and `BlobDamaged`.
 */
export async function restoreBackup(
  config: Pick<Config, 'database' | 'storage'>,
  path: string,
  say: (text: string) => void,
): Promise<Transferred> {
  const folder = resolve(path)
  const manifest = await readManifest(folder)
  const unknown = unknownMigrations(manifest.migrations)
  if (unknown.length > 0) {
    throw new CannotTransfer(`The backup is of a newer version of this program (${unknown.join(', ')}); use that one.`)
  }
  return withStores(config, async ({ db, blobs }) => {
    await refuseRows(db, 'The database')
    const listed = await readBlobList(folder, manifest)
    const isNamed = async (names: { packages: string[]; files: string[] }) =>
      new Set([...names.packages, ...names.files].filter((name) => listed.names.has(name)))
    await refuseOtherBlobs(blobs, isNamed, 'The blob store')

    const progress = new TransferProgress(say)
    progress.versionsLeft = manifest.tables.versions?.rows ?? 0
    const source = await openDiskBlobs(backupPaths.blobs(folder))
    const missing = new Set(listed.lines)
    await copyNamedBlobs(source, blobs, verified(folder, manifest, 'versions'), progress, ({ sha256, bytes, key }) =>
      missing.delete(`${sha256} ${bytes} ${key}`),
    )
    const [first] = missing
    if (first !== undefined) throw damagedBackup(folder, `${first.split(' ')[2]} is missing or has other bytes`)

    const lastNumbers = Object.entries(manifest.tables).flatMap(([name, { lastNumber }]) =>
      lastNumber === undefined ? [] : [[name, lastNumber] as const],
    )
    const sums = await loadRows(
      db,
      {
        migrations: manifest.migrations,
        tables: Object.keys(manifest.tables),
        lastNumbers: Object.fromEntries(lastNumbers),
        rowsOf: (name) => readTable(folder, name),
      },
      progress,
      async (read) => {
        for (const [name, sum] of Object.entries(read)) refuseOtherRows(folder, manifest, name, sum)
      },
    )
    return { ...countsOf(sums), blobs: progress.blobs }
  })
}

/** The lines of the list of blobs, and the hashes and digests in their keys. */
async function readBlobList(folder: string, manifest: BackupManifest) {
  const path = backupPaths.blobList(folder)
  if ((await sha256OfFile(path).catch(() => '')) !== manifest.blobs.listSha256) {
    throw damagedBackup(folder, 'the list of blobs is missing or changed')
  }
  const lines: string[] = []
  for await (const some of readLines(path)) lines.push(...some)
  const names = new Set(lines.flatMap((line) => /\/((?:sha256-)?[0-9a-f]{64})/.exec(line)?.[1] ?? []))
  return { lines, names }
}

/** The rows of a table, which fail at their end when they are not those of the manifest. */
async function* verified(folder: string, manifest: BackupManifest, name: string): AsyncGenerator<Row[]> {
  const summer = tableSummer()
  for await (const rows of readTable(folder, name)) {
    summer.add(rows)
    yield rows
  }
  refuseOtherRows(folder, manifest, name, summer.sum())
}

function refuseOtherRows(folder: string, manifest: BackupManifest, name: string, sum: TableSum): void {
  const said = manifest.tables[name]
  if (said?.sha256 === sum.sha256 && said.rows === sum.rows) return
  throw damagedBackup(folder, `${name} has ${sum.rows} rows that are not the ${said?.rows ?? 0} of its manifest`)
}

function damagedBackup(folder: string, what: string): CannotTransfer {
  return new CannotTransfer(`The backup in ${folder} is damaged: ${what}. Nothing was restored.`)
}
