import type { Db, PluginRow } from '../db/tables.ts'
import { installsBefore, listRecentlyInstalled } from './discovery-store.ts'
import type { Audience } from './listed.ts'
import { trendDays, trendScore } from './trend-score.ts'

/** What is installed more than it usually is, by how much. */
export async function listTrending(db: Db, now: Date, audience: Audience): Promise<PluginRow[]> {
  const days = trendDays(now)
  const rows = await listRecentlyInstalled(db, audience, days)
  const before = await installsBefore(
    db,
    rows.map(({ id }) => id),
    days,
  )
  return rows
    .map((row) => ({ row, score: trendScore({ recent: row.recent_installs, before: before.get(row.id) ?? 0 }) }))
    .filter(({ score }) => score > 1)
    .sort((a, b) => b.score - a.score || b.row.recent_installs - a.row.recent_installs || a.row.number - b.row.number)
    .slice(0, audience.take)
    .map(({ row }) => row)
}
