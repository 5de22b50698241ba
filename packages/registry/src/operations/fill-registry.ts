import { blobKeys } from '../blobs/blob-keys.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { engineOf } from '../db/engine-of.ts'
import { doneMigrations, migrateLocked } from '../db/migrate.ts'
import { gathered } from '../db/pieces.ts'
import { inOrderOfInsertion, type Row, type TableShape } from '../db/table-shape.ts'
import type { Db, Trx } from '../db/tables.ts'
import { rebuildIndex } from '../plugins/rebuild-index.ts'
import { CannotTransfer } from './cannot-transfer.ts'
import { type CopiedBlob, copyBlobs } from './copy-blobs.ts'
import { blobsOf, type NeededBlob, type VersionWithBlobs } from './named-blobs.ts'
import { countRows, deleteRows, insertRows, sumTable, type TableSum, tableSummer } from './row-store.ts'
import type { TransferProgress } from './transfer-progress.ts'

/** Rows that are to be brought into a database: another database, or a backup. */
export interface RowSource {
  /** The schema that they have. */
  readonly migrations: readonly string[]
  readonly tables: readonly string[]
  /** The last number given out in each table that has numbers. */
  readonly lastNumbers: Readonly<Record<string, number>>
  /** In the order of the table's key. */
  rowsOf(table: string): AsyncIterable<readonly Row[]>
}

/** Throws `CannotTransfer` when a database has rows of a registry already. */
export async function refuseRows(db: Db, where: string): Promise<void> {
  const isNew = (await doneMigrations(db)).length === 0
  for (const table of await engineOf(db).describeTables(db)) {
    const count = isNew ? 0 : await countRows(db, table)
    if (count > 0) {
      throw new CannotTransfer(`${where} is not empty: ${table.name} has ${count} rows. Name a new database.`)
    }
  }
}

/**
 * Brings all rows into a database in one transaction, under the lock that keeps registries from starting meanwhile, and
 * then to this program's schema. Compares what was read with what stands there afterwards.
 */
export async function loadRows(
  db: Db,
  source: RowSource,
  progress: TransferProgress,
  verify: (sums: Readonly<Record<string, TableSum>>) => Promise<void>,
): Promise<Record<string, TableSum>> {
  const { describeTables, lockForMigration, continueAfter } = engineOf(db)
  return lockForMigration(db, async (locked) => {
    await refuseOtherSchema(locked, source)
    await migrateLocked(locked, source.migrations.at(-1))
    const tables = inOrderOfInsertion(await describeTables(locked))
    refuseOtherTables(tables, source)
    // What migrations put into new tables comes with the rows.
    for (const table of tables.toReversed()) await deleteRows(locked, table)
    const sums: Record<string, TableSum> = {}
    for (const [index, table] of tables.entries()) {
      sums[table.name] = await loadTable(locked, table, source, (count) =>
        progress.addRows(count, table.name, tables.length - index - 1),
      )
      const last = source.lastNumbers[table.name]
      if (table.numbered !== undefined && last !== undefined) {
        await continueAfter(locked, table.name, table.numbered, last)
      }
    }
    await verify(sums)
    await migrateLocked(locked)
    // A connection of its own in a transaction of its own is what a transaction is.
    await rebuildIndex(locked as Trx)
    return sums
  })
}

async function loadTable(
  db: Db,
  table: TableShape,
  source: RowSource,
  onRows: (count: number) => void,
): Promise<TableSum> {
  const summer = tableSummer()
  for await (const rows of source.rowsOf(table.name)) {
    summer.add(rows)
    await insertRows(db, table, rows)
    onRows(rows.length)
  }
  const [read, written] = [summer.sum(), await sumTable(db, table)]
  if (read.rows !== written.rows || read.sha256 !== written.sha256) {
    throw new CannotTransfer(
      `${table.name}: ${read.rows} rows were read and ${written.rows} stand in the target, or they differ. Nothing was kept.`,
    )
  }
  return read
}

async function refuseOtherSchema(db: Db, { migrations }: RowSource): Promise<void> {
  const done = await doneMigrations(db)
  if (done.length === 0 || done.join() === migrations.join()) return
  throw new CannotTransfer('The target has another schema than the rows. Name a new database, without any tables.')
}

function refuseOtherTables(tables: readonly TableShape[], source: RowSource): void {
  const names = (list: readonly string[]) => list.toSorted().join(', ')
  if (names(tables.map(({ name }) => name)) === names(source.tables)) return
  throw new CannotTransfer(`The rows are of other tables (${names(source.tables)}) than this schema has.`)
}

/** Copies every blob that the versions need. */
export async function copyNamedBlobs(
  from: BlobStore,
  to: BlobStore,
  versions: AsyncIterable<readonly Row[]>,
  progress: TransferProgress,
  onCopied: (blob: CopiedBlob) => void = () => undefined,
): Promise<void> {
  async function* needed(): AsyncGenerator<NeededBlob> {
    for await (const rows of versions) {
      for (const row of rows) {
        yield* blobsOf(row as unknown as VersionWithBlobs)
        progress.versionsLeft--
      }
    }
  }
  await copyBlobs(from, to, needed(), (blob) => {
    progress.addBlob(blob.bytes)
    onCopied(blob)
  })
}

/** Blobs looked up at a time. */
const batch = 100

/** Throws `CannotTransfer` when a store has blobs that are not of this source: then it is somebody else's. */
export async function refuseOtherBlobs(
  store: BlobStore,
  isNamed: (names: { packages: string[]; files: string[] }) => Promise<ReadonlySet<string>>,
  where: string,
): Promise<void> {
  for await (const blobs of gathered(store.list(''), batch)) {
    const some = blobs.map(({ key }) => key)
    const [packages, files] = [blobKeys.packages, blobKeys.files].map((prefix) => [
      ...new Set(some.filter((key) => key.startsWith(prefix)).map(blobKeys.nameOf)),
    ])
    const named = await isNamed({ packages: packages ?? [], files: files ?? [] })
    const other = some.find((key) => !named.has(blobKeys.nameOf(key)))
    if (other !== undefined) {
      throw new CannotTransfer(
        `${where} holds ${other}, which is not of this registry. Name an empty bucket or folder.`,
      )
    }
  }
}
