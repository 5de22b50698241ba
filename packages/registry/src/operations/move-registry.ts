import type { Config } from '../config.ts'
import { engineOf } from '../db/engine-of.ts'
import { inOrderOfInsertion, type Row, type TableShape } from '../db/table-shape.ts'
import type { Db } from '../db/tables.ts'
import { namedBlobs, namedDigests } from '../publishing/version-store.ts'
import { CannotTransfer } from './cannot-transfer.ts'
import { copyNamedBlobs, loadRows, type RowSource, refuseOtherBlobs, refuseRows } from './fill-registry.ts'
import { readMigrations, type Stores, withStores } from './open-stores.ts'
import { countRows, readRows, sumTable, type TableSum, tableSummer } from './row-store.ts'
import { TransferProgress } from './transfer-progress.ts'

/** Where to; what is not named stays where it is. */
export type MoveTarget = Partial<Pick<Config, 'database' | 'storage'>>

/** What a backup, a restore or a move has dealt with. */
export interface Transferred {
  /** Rows by table. */
  readonly tables: Record<string, number>
  readonly rows: number
  readonly blobs: { readonly count: number; readonly bytes: number }
}

const changed = 'The registry was written to meanwhile. Stop every process of it and run the move again.'

/**
 * Copies a registry that is stopped to another database, another blob store or both. Blobs come first, and are read
 * back; rows come last and in one transaction, so that the target has all of them or none. Running it again after an
 * interruption goes on: what lies in the blob store already is compared and kept. The source is only read.
 */
export async function moveRegistry(
  config: Pick<Config, 'database' | 'storage'>,
  target: MoveTarget,
  say: (text: string) => void,
): Promise<Transferred> {
  const to = { database: target.database ?? config.database, storage: target.storage ?? config.storage }
  return withStores(config, (from) =>
    withStores(to, async (into) => {
      const migrations = await readMigrations(from.db)
      if (migrations.length === 0) throw new CannotTransfer('There is no registry in the database that is set.')
      if (target.database) await refuseRows(into.db, 'The database to move to')
      const progress = new TransferProgress(say)
      const versions = target.storage ? await moveBlobs(from, into, progress) : undefined
      const verify = async (db: Db, sums: Readonly<Record<string, TableSum>>) => {
        if (versions && versions.sha256 !== sums.versions?.sha256) throw new CannotTransfer(changed)
        for (const table of await engineOf(db).describeTables(db)) {
          const now = await sumTable(db, table)
          if (now.sha256 !== sums[table.name]?.sha256) throw new CannotTransfer(changed)
        }
      }
      const sums = target.database
        ? await moveRows(config, migrations, into.db, progress, (moved) => verify(from.db, moved))
        : await sumAll(from.db)
      if (!target.database) await verify(from.db, sums)
      return { ...countsOf(target.database ? sums : {}), blobs: progress.blobs }
    }),
  )
}

export function countsOf(sums: Readonly<Record<string, TableSum>>): Pick<Transferred, 'tables' | 'rows'> {
  const tables = Object.fromEntries(Object.entries(sums).map(([name, { rows }]) => [name, rows]))
  return { tables, rows: Object.values(tables).reduce((sum, rows) => sum + rows, 0) }
}

/** Gives what the versions were whose blobs were copied. */
async function moveBlobs(from: Stores, into: Stores, progress: TransferProgress): Promise<TableSum> {
  const isNamed = async (names: { packages: string[]; files: string[] }) =>
    new Set([...(await namedBlobs(from.db, names.packages)), ...(await namedDigests(from.db, names.files))])
  await refuseOtherBlobs(into.blobs, isNamed, 'The blob store to move to')
  const versions = await versionsTable(from.db)
  progress.versionsLeft = await countRows(from.db, versions)
  const summer = tableSummer()
  async function* summed(): AsyncGenerator<readonly Row[]> {
    for await (const rows of readRows(from.db, versions)) {
      summer.add(rows)
      yield rows
    }
  }
  await copyNamedBlobs(from.blobs, into.blobs, summed(), progress)
  return summer.sum()
}

/** Read in one snapshot, from a connection that is the snapshot's alone. */
async function moveRows(
  config: Pick<Config, 'database' | 'storage'>,
  migrations: readonly string[],
  into: Db,
  progress: TransferProgress,
  verify: (sums: Readonly<Record<string, TableSum>>) => Promise<void>,
): Promise<Record<string, TableSum>> {
  return withStores(config, ({ db }) =>
    engineOf(db).inSnapshot(db, async (snapshot) =>
      loadRows(into, await databaseRows(snapshot, migrations), progress, verify),
    ),
  )
}

/** The rows of a database as they are while the work runs. */
export async function databaseRows(db: Db, migrations: readonly string[]): Promise<RowSource> {
  const { describeTables, lastNumber } = engineOf(db)
  const tables = inOrderOfInsertion(await describeTables(db))
  const lastNumbers: Record<string, number> = {}
  for (const { name, numbered } of tables) {
    if (numbered !== undefined) lastNumbers[name] = await lastNumber(db, name, numbered)
  }
  const shapes = new Map(tables.map((table) => [table.name, table]))
  return {
    migrations,
    tables: [...shapes.keys()],
    lastNumbers,
    rowsOf: (name) => readRows(db, shapes.get(name) as TableShape),
  }
}

async function sumAll(db: Db): Promise<Record<string, TableSum>> {
  const sums: Record<string, TableSum> = {}
  for (const table of await engineOf(db).describeTables(db)) sums[table.name] = await sumTable(db, table)
  return sums
}

async function versionsTable(db: Db): Promise<TableShape> {
  const found = (await engineOf(db).describeTables(db)).find(({ name }) => name === 'versions')
  if (!found) throw new CannotTransfer('There is no registry in the database that is set.')
  return found
}
