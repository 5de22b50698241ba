import type { Db } from '../db/tables.ts'
import { type Viewer, visibleTo } from './visibility.ts'

/**
 * Those of these successors of deprecated plugins that a viewer could have: since it was named, one may have become
 * private or have gone.
 */
export async function listedSuccessors(
  db: Db,
  named: readonly (string | null)[],
  viewer: Viewer,
): Promise<ReadonlySet<string>> {
  const ids = named.filter((id) => id !== null)
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('plugins')
    .select('id')
    .where('id', 'in', ids)
    .where('published_at', 'is not', null)
    .where(visibleTo(viewer))
    .execute()
  return new Set(rows.map(({ id }) => id))
}
