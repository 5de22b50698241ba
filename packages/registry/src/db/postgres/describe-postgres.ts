import { sql } from 'kysely'
import { isSearchTable } from '../search-index.ts'
import type { TableShape } from '../table-shape.ts'
import type { Db } from '../tables.ts'

export async function describeTables(db: Db): Promise<TableShape[]> {
  const { rows: here } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db)
  const tables = await db.introspection.getTables()
  const own = tables.filter(
    ({ name, schema, isView, isForeign }) =>
      schema === here[0]?.schema && !isView && !isForeign && !isSearchTable(name),
  )
  const keys = await constraintsOf(db, 'p')
  const references = await constraintsOf(db, 'f')
  return own.map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => column.name).toSorted(),
    key: keys.find(({ table }) => table === name)?.columns ?? [],
    references: references.filter(({ table }) => table === name).flatMap(({ target }) => target ?? []),
    numbered: columns.find(({ isAutoIncrementing }) => isAutoIncrementing)?.name,
  }))
}

/** Primary keys (`p`) or foreign keys (`f`) of the current schema's tables, with their columns in order. */
async function constraintsOf(
  db: Db,
  type: 'p' | 'f',
): Promise<{ table: string; target: string | null; columns: string[] }[]> {
  const { rows } = await sql<{ table: string; target: string | null; columns: string[] }>`
    select t.relname::text as "table", target.relname::text as target,
      array(select a.attname::text from unnest(c.conkey) with ordinality as k(number, place)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number order by k.place) as columns
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_namespace n on n.oid = t.relnamespace and n.nspname = current_schema()
    left join pg_class target on target.oid = c.confrelid
    where c.contype = ${type}`.execute(db)
  return rows
}

export async function lastNumber(db: Db, table: string, column: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(pg_sequence_last_value(pg_get_serial_sequence(${table}, ${column})::regclass), 0) as last`.execute(
    db,
  )
  return rows[0]?.last ?? 0
}

export async function continueAfter(db: Db, table: string, column: string, last: number): Promise<void> {
  await sql`
    select setval(pg_get_serial_sequence(${table}, ${column}), ${Math.max(last, 1)}, ${last > 0})`.execute(db)
}
