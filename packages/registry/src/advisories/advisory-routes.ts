import { seesDrafts } from '../auth/policy.ts'
import type { Handler } from '../http/handler.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { requirePlugin } from '../plugins/require-visible.ts'
import { resolveVersion } from '../publishing/version-store.ts'
import { versionAdvisoryView } from './advisory-view.ts'
import { listAdvisoriesOf, listAffected } from './version-advisory-store.ts'

const listVersionAdvisories: Handler<'listVersionAdvisories'> = async ({ world, params, query, principal }) => {
  const { db } = world
  const { skip = 0, take = 20 } = query
  await requirePlugin(db, params.pluginId, principal)
  const drafts = seesDrafts(principal, await ownersOf(db, params.pluginId), params.pluginId)
  const version = await resolveVersion(db, params.pluginId, params.version, { drafts })
  const { rows, total } = await listAdvisoriesOf(db, version, { skip, take })
  return { advisories: rows.map(versionAdvisoryView), total }
}

const listAffectedVersions: Handler<'listAffectedVersions'> = async ({ world, query: { skip = 0, take = 20 } }) => {
  const { rows, total } = await listAffected(world.db, { skip, take })
  const affected = rows.map((row) => ({
    pluginId: row.plugin_id,
    version: row.version,
    installations: row.installations,
    advisory: versionAdvisoryView(row),
  }))
  return { affected, total }
}

export const advisoryHandlers = { listVersionAdvisories, listAffectedVersions }
