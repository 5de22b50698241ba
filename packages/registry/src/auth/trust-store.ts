import { sql } from 'kysely'
import type { ApiKeyRow, Db, SpentTokenRow, TrustedPublisherRow, Trx } from '../db/tables.ts'

/** Plugins that one pipeline publishes; a larger repository takes several. */
const mostPlugins = 500

export async function trustsOf(db: Db, pluginId: string): Promise<TrustedPublisherRow[]> {
  return db.selectFrom('trusted_publishers').selectAll().where('plugin_id', '=', pluginId).orderBy('place').execute()
}

export async function replaceTrusts(trx: Trx, pluginId: string, rows: readonly TrustedPublisherRow[]): Promise<void> {
  await trx.deleteFrom('trusted_publishers').where('plugin_id', '=', pluginId).execute()
  if (rows.length > 0)
    await trx
      .insertInto('trusted_publishers')
      .values([...rows])
      .execute()
}

/** The plugins that may trust a pipeline, found by one of its claims; the others are still to be compared. */
export async function findTrusts(
  db: Db,
  issuer: string,
  anchors: readonly string[],
): Promise<Pick<TrustedPublisherRow, 'plugin_id' | 'claims'>[]> {
  if (anchors.length === 0) return []
  return db
    .selectFrom('trusted_publishers')
    .select(['plugin_id', 'claims'])
    .where('issuer', '=', issuer)
    .where('anchor', 'in', anchors)
    .orderBy('plugin_id')
    .limit(mostPlugins)
    .execute()
}

/** Ends the keys of pipelines that publish this plugin. */
export async function revokePipelineKeys(trx: Trx, pluginId: string, at: string): Promise<void> {
  await trx
    .updateTable('api_keys')
    .set({ revoked_at: at })
    .where('trusted', '=', sql.lit(1))
    .where('expires_at', '>', at)
    .where('revoked_at', 'is', null)
    // Ids have neither quotes nor what `like` reads as a pattern.
    .where('plugins', 'like', `%"${pluginId}"%`)
    .execute()
}

/** Fails with a unique violation when the token was spent before. */
export async function insertSpentToken(trx: Trx, row: SpentTokenRow): Promise<void> {
  await trx.insertInto('spent_tokens').values(row).execute()
}

export async function insertPipelineKey(trx: Trx, row: ApiKeyRow): Promise<void> {
  await trx
    .insertInto('api_keys')
    .values({ ...row, trusted: 1 })
    .execute()
}

/** Pipelines' keys and spent tokens that ended before this time. */
export async function deleteExpired(trx: Trx, before: string): Promise<void> {
  await trx.deleteFrom('api_keys').where('trusted', '=', sql.lit(1)).where('expires_at', '<', before).execute()
  await trx.deleteFrom('spent_tokens').where('expires_at', '<', before).execute()
}
