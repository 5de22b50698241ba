import type { Logger } from 'pino'
import type { TrustedPublisherRow } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import { lockManaged, type ManageAct } from '../plugins/require-managed.ts'
import type { World } from '../world.ts'
import { subjectOf } from './principal.ts'
import { replaceTrusts, revokePipelineKeys } from './trust-store.ts'
import { anchorOf, type Trust, trustFindings } from './trusted-publishers.ts'

/**
 * From here on these pipelines publish the plugin, and no others; keys that pipelines hold for it end. Throws
 * `issuer_not_allowed`, and `request_invalid` for claims that would let anybody in.
 */
export async function setTrustedPublishers(
  world: World,
  { publishers, log, ...act }: ManageAct & { readonly publishers: readonly Trust[]; readonly log: Logger },
): Promise<TrustedPublisherRow[]> {
  const { pluginId } = act
  const allowed = world.config.pipelineIssuers
  const stranger = publishers.find(({ issuer }) => !allowed.includes(issuer))
  if (stranger) {
    const names = allowed.length === 0 ? 'it takes none' : `it takes ${allowed.join(', ')}`
    throw new RegistryError('issuer_not_allowed', `The registry takes no tokens of ${stranger.issuer}; ${names}.`)
  }
  const findings = trustFindings(publishers)
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
  const by = subjectOf(act.principal)
  const at = world.now().toISOString()
  const rows = publishers.map((trust, place) => ({
    plugin_id: pluginId,
    place,
    issuer: trust.issuer,
    anchor: anchorOf(trust),
    claims: JSON.stringify(trust.claims),
    added_by: by,
    added_at: at,
  }))
  await world.db.transaction().execute(async (trx) => {
    await lockManaged(trx, act)
    await replaceTrusts(trx, pluginId, rows)
    await revokePipelineKeys(trx, pluginId, at)
  })
  log.info({ pluginId, by, pipelines: rows.length }, 'trusted publishers set')
  return rows
}
