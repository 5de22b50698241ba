import type { Db, VersionRow } from '../db/tables.ts'

/**
 * The published version with which a submission is compared: the one that was approved last before a time. One that has
 * been yanked is not approved any more.
 */
export async function findBase(
  db: Db,
  { plugin_id, version }: Pick<VersionRow, 'plugin_id' | 'version'>,
  before: string,
): Promise<(VersionRow & { published_at: string }) | undefined> {
  const row = await db
    .selectFrom('versions')
    .selectAll()
    .where('plugin_id', '=', plugin_id)
    .where('state', '=', 'published')
    .where('version', '!=', version)
    .where('published_at', '<=', before)
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.published_at ? { ...row, published_at: row.published_at } : undefined
}
