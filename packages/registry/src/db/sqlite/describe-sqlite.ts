import { sql } from 'kysely'
import { isSearchTable } from '../search-index.ts'
import type { TableShape } from '../table-shape.ts'
import type { Db } from '../tables.ts'

export async function describeTables(db: Db): Promise<TableShape[]> {
  const tables = await db.introspection.getTables()
  const own = tables.filter(({ name, isView }) => !isView && !isSearchTable(name))
  return Promise.all(
    own.map(async ({ name, columns }) => {
      const keys = await sql<{ name: string }>`
        select name from pragma_table_info(${name}) where pk > 0 order by pk`.execute(db)
      const references = await sql<{ name: string }>`
        select distinct "table" as name from pragma_foreign_key_list(${name})`.execute(db)
      return {
        name,
        columns: columns.map((column) => column.name).toSorted(),
        key: keys.rows.map((row) => row.name),
        references: references.rows.map((row) => row.name),
        numbered: columns.find(({ isAutoIncrementing }) => isAutoIncrementing)?.name,
      }
    }),
  )
}

export async function lastNumber(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = ${table}`.execute(db)
  return rows[0]?.seq ?? 0
}

export async function continueAfter(db: Db, table: string, _column: string, last: number): Promise<void> {
  // There is no row before the first number was given out, and no key that would find a second one.
  await sql`delete from sqlite_sequence where name = ${table}`.execute(db)
  await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db)
}
