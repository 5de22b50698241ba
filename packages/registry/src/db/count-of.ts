import type { SelectQueryBuilder } from 'kysely'

/** How many rows a query finds, of which nothing is selected yet. */
export async function countOf<Tables, From extends keyof Tables>(
  rows: SelectQueryBuilder<Tables, From, Record<never, never>>,
): Promise<number> {
  const counted = rows.select((eb) => eb.fn.countAll<number>().as('count'))
  const { count } = await counted.$castTo<{ count: number }>().executeTakeFirstOrThrow()
  return count
}
