/** A table as the database itself describes it. */
export interface TableShape {
  readonly name: string
  /** In the order of their names. */
  readonly columns: readonly string[]
  /** The primary key, in its order. */
  readonly key: readonly string[]
  /** Tables whose rows have to be there before the rows of this one. */
  readonly references: readonly string[]
  /** The column that the database numbers by itself. */
  readonly numbered: string | undefined
}

/** Any row of any table: our columns hold text and numbers. */
export type Row = Readonly<Record<string, string | number | null>>

/**
 * The tables in an order in which their rows can be inserted, by name where it does not matter. Throws when there is
 * none, and for a table without a key, which could not be read page by page.
 */
export function inOrderOfInsertion(tables: readonly TableShape[]): TableShape[] {
  const open = new Map(tables.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((table) => [table.name, table]))
  const ordered: TableShape[] = []
  for (const { name, key } of tables) if (key.length === 0) throw new Error(`the table ${name} has no primary key`)
  while (open.size > 0) {
    const next = [...open.values()].find(({ references }) => !references.some((name) => open.has(name)))
    if (!next) throw new Error(`the tables ${[...open.keys()].join(', ')} refer to each other in a circle`)
    open.delete(next.name)
    ordered.push(next)
  }
  return ordered
}
