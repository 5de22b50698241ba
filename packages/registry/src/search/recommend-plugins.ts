import type { Db, PluginRow } from '../db/tables.ts'
import { listInstalledTogether, listPopularWithout, listTelling } from './discovery-store.ts'
import type { Audience } from './listed.ts'
import { recommendationScore } from './recommendation-score.ts'

/**
 * What tenants with the same plugins have too, then what is popular in the categories of what the tenant has; for a
 * tenant that has nothing, what is popular. Never what it has.
 */
export async function recommendPlugins(db: Db, tenantId: string, audience: Audience): Promise<PluginRow[]> {
  const telling = await listTelling(db, tenantId)
  const together = await listInstalledTogether(db, audience, { tenantId, pluginIds: telling.map(({ id }) => id) })
  const best = together
    .map((row) => ({ row, score: recommendationScore({ peers: row.peers, installs: row.install_count }) }))
    .sort((a, b) => b.score - a.score || a.row.number - b.row.number)
    .slice(0, audience.take)
    .map(({ row }) => row)
  if (best.length === audience.take) return best
  const categories = [...new Set(telling.map(({ category }) => category))]
  const alike = await listPopularWithout(db, audience, { tenantId, categories })
  const all = new Map([...best, ...alike].map((row) => [row.id, row]))
  return [...all.values()].slice(0, audience.take)
}
