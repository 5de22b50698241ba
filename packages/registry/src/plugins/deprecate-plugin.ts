import type { DeprecationAnswer, PluginStatus } from '@plexica/api'
import type { Logger } from 'pino'
import { subjectOf } from '../auth/principal.ts'
import type { Db, Trx } from '../db/tables.ts'
import { appendEvent, type NewEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import { dropListings } from '../search/listed.ts'
import type { World } from '../world.ts'
import { deprecationOf, deprecationRefusal } from './deprecation.ts'
import { wasPublished } from './plugin-status.ts'
import { findPluginRow, setDeprecation } from './plugin-store.ts'
import { refreshPlugin } from './refresh-plugin.ts'
import { lockManaged, type ManageAct } from './require-managed.ts'
import { noPlugin } from './require-visible.ts'
import { listedSuccessors } from './successor-store.ts'

export interface DeprecationAct extends ManageAct {
  readonly log: Logger
}

/** Everybody who looks at the plugin, installs it or has it reads the reason. It can still be installed. */
export async function deprecatePlugin(
  world: World,
  act: DeprecationAct & { readonly reason: string; readonly successor?: string },
): Promise<DeprecationAnswer> {
  const { pluginId, reason, successor } = act
  const by = subjectOf(act.principal)
  const answer = await change(world, act, async (trx, at) => {
    const next = successor === undefined ? undefined : await findPluginRow(trx, successor)
    const refused = deprecationRefusal({
      pluginId,
      isPublic: wasPublished((await findPluginRow(trx, pluginId))?.status),
      successor,
      isSuccessorListed: next !== undefined && next.published_at !== null && next.visibility === 'public',
    })
    if (refused) {
      const fix = 'Name another published plugin, or leave the successor out.'
      const findings = refused.code === 'request_invalid' ? [requestFinding('body.successor', refused.detail, fix)] : []
      throw new RegistryError(refused.code, refused.detail, { findings })
    }
    const before = await findPluginRow(trx, pluginId)
    await setDeprecation(trx, pluginId, { reason, successor: successor ?? null, at, by })
    if (before?.deprecated_reason === reason && before.deprecated_successor === (successor ?? null)) return undefined
    return { type: 'plugin.deprecated', data: { reason, successor: successor ?? null } }
  })
  act.log.info({ pluginId, by, reason, successor }, 'plugin deprecated')
  return answer
}

export async function undeprecatePlugin(world: World, act: DeprecationAct): Promise<DeprecationAnswer> {
  const answer = await change(world, act, async (trx) => {
    const before = await findPluginRow(trx, act.pluginId)
    await setDeprecation(trx, act.pluginId, { reason: null, successor: null, at: null, by: null })
    return before?.deprecated_at == null ? undefined : { type: 'plugin.undeprecated' }
  })
  act.log.info({ pluginId: act.pluginId, by: subjectOf(act.principal) }, 'plugin no longer deprecated')
  return answer
}

async function change(
  world: World,
  act: DeprecationAct,
  write: (trx: Trx, at: string) => Promise<Pick<NewEvent, 'type' | 'data'> | undefined>,
): Promise<DeprecationAnswer> {
  const { pluginId } = act
  const at = world.now().toISOString()
  const answer = await world.db.transaction().execute(async (trx) => {
    await lockManaged(trx, act)
    const event = await write(trx, at)
    await refreshPlugin(trx, pluginId, at)
    const answered = await answerFor(trx, pluginId)
    if (event) await appendEvent(trx, { ...event, actor: subjectOf(act.principal), at, pluginId })
    return answered
  })
  dropListings(world, pluginId)
  return answer
}

async function answerFor(db: Db, pluginId: string): Promise<DeprecationAnswer> {
  const row = await findPluginRow(db, pluginId)
  if (!row) throw noPlugin(pluginId)
  const successors = await listedSuccessors(db, [row.deprecated_successor], { kind: 'anybody' })
  return { id: pluginId, status: row.status as PluginStatus, deprecation: deprecationOf(row, successors) }
}
