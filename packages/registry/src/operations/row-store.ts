import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { partsOf, pieces } from '../db/pieces.ts'
import type { Row, TableShape } from '../db/table-shape.ts'
import type { Db } from '../db/tables.ts'

/** Rows read or written in one statement; some have texts of a hundred kilobytes. */
const page = 100

/** All rows of a table, page by page in the order of its key. */
export async function* readRows(db: Db, table: TableShape): AsyncGenerator<Row[]> {
  const columns = sql.join(table.columns.map((name) => sql.ref(name)))
  const key = sql.join(table.key.map((name) => sql.ref(name)))
  yield* pieces<Row>(page, async (last, take) => {
    const after = last ? sql`where (${key}) > (${sql.join(table.key.map((name) => last[name]))})` : sql``
    const { rows } = await sql<Row>`
      select ${columns} from ${sql.table(table.name)} ${after} order by ${key} limit ${take}`.execute(db)
    return rows
  })
}

export async function insertRows(db: Db, table: TableShape, rows: readonly Row[]): Promise<void> {
  const columns = sql.join(table.columns.map((name) => sql.ref(name)))
  for (const some of partsOf(rows, page)) {
    const values = some.map((row) => sql`(${sql.join(table.columns.map((name) => row[name] ?? null))})`)
    await sql`insert into ${sql.table(table.name)} (${columns}) values ${sql.join(values)}`.execute(db)
  }
}

export async function countRows(db: Db, table: TableShape): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table.name)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function deleteRows(db: Db, table: TableShape): Promise<void> {
  await sql`delete from ${sql.table(table.name)}`.execute(db)
}

/** How many rows a table has, and what they say, whichever engine keeps them. */
export interface TableSum {
  readonly rows: number
  /** SHA-256 in hex over the rows in the order of their key. */
  readonly sha256: string
}

/** Sums up rows as they pass. */
export function tableSummer(): { add(rows: readonly Row[]): void; sum(): TableSum } {
  const hash = createHash('sha256')
  let count = 0
  return {
    add(rows) {
      for (const row of rows) hash.update(lineOf(row))
      count += rows.length
    },
    sum: () => ({ rows: count, sha256: hash.digest('hex') }),
  }
}

export async function sumTable(db: Db, table: TableShape): Promise<TableSum> {
  const summer = tableSummer()
  for await (const rows of readRows(db, table)) summer.add(rows)
  return summer.sum()
}

/** PostgreSQL cannot keep this one character and keeps a sign for it: the same row, as far as that is possible. */
function lineOf(row: Row): string {
  const names = Object.keys(row).toSorted()
  const values = names.map((name) => {
    const value = row[name]
    return typeof value === 'string' ? value.replaceAll('\0', '\u{fffd}') : value
  })
  return `${JSON.stringify([names, values])}\n`
}
