import type { Db, InstallationRow, Trx } from '../db/tables.ts'
import { refreshPopularity } from '../db/word-beginnings.ts'
import type { TrendDays } from './trend-score.ts'

/** Counts an installation where it was counted with the plugin: for its day, and in what is suggested. */
export async function countInstall(
  trx: Trx,
  { plugin_id, installed_at }: Pick<InstallationRow, 'plugin_id' | 'installed_at'>,
): Promise<void> {
  await trx
    .insertInto('install_days')
    .values({ plugin_id, day: installed_at.slice(0, 10), installs: 1 })
    .onConflict((conflict) =>
      conflict.columns(['plugin_id', 'day']).doUpdateSet((set) => ({ installs: set('install_days.installs', '+', 1) })),
    )
    .execute()
  await refreshPopularity(trx, plugin_id)
}

/** Installs of these plugins in the weeks before the recent ones. */
export async function installsBefore(
  db: Db,
  pluginIds: readonly string[],
  { before, recent }: TrendDays,
): Promise<Map<string, number>> {
  if (pluginIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('install_days')
    .select(['plugin_id', (select) => select.fn.sum<number>('installs').as('installs')])
    .where('plugin_id', 'in', pluginIds)
    .where('day', '>=', before)
    .where('day', '<', recent)
    .groupBy('plugin_id')
    .execute()
  return new Map(rows.map(({ plugin_id, installs }) => [plugin_id, installs]))
}
