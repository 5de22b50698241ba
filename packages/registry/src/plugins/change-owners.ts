import type { Logger } from 'pino'
import { subjectOf } from '../auth/principal.ts'
import type { Trx } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { removeOpinionsOf } from '../ratings/remove-opinions.ts'
import type { World } from '../world.ts'
import { addingRefusal, removingRefusal } from './owner-rules.ts'
import { deleteOwner, addOwner as insertOwner, type OwnerRow, ownerRowsOf } from './owner-store.ts'
import { lockManaged, type ManageAct } from './require-managed.ts'

export interface OwnerAct extends ManageAct {
  readonly subject: string
  readonly log: Logger
}

/** From here on they manage the plugin; what they said of it as its user no longer counts. */
export async function addOwner(world: World, act: OwnerAct): Promise<OwnerRow[]> {
  const { pluginId, subject } = act
  return change(world, act, 'owner added', async (trx, owners, at) => {
    const refused = addingRefusal(owners, subject)
    if (refused) throw new RegistryError(refused.code, refused.detail)
    await insertOwner(trx, pluginId, subject, at)
    await removeOpinionsOf(trx, pluginId, subject)
    return owners.includes(subject) ? undefined : { added: subject }
  })
}

export async function removeOwner(world: World, act: OwnerAct): Promise<OwnerRow[]> {
  const { pluginId, subject } = act
  return change(world, act, 'owner removed', async (trx, owners) => {
    const refused = removingRefusal(owners, subject)
    if (refused) throw new RegistryError(refused.code, refused.detail)
    await deleteOwner(trx, pluginId, subject)
    return { removed: subject }
  })
}

async function change(
  world: World,
  act: OwnerAct,
  words: string,
  write: (trx: Trx, owners: readonly string[], at: string) => Promise<Record<string, string> | undefined>,
): Promise<OwnerRow[]> {
  const { pluginId, subject } = act
  const at = world.now().toISOString()
  const actor = subjectOf(act.principal)
  const rows = await world.db.transaction().execute(async (trx) => {
    const data = await write(trx, await lockManaged(trx, act), at)
    const owners = await ownerRowsOf(trx, pluginId)
    if (data) await appendEvent(trx, { type: 'plugin.owners-changed', actor, at, pluginId, data })
    return owners
  })
  world.ready.drop(`plugin:${pluginId}`)
  act.log.info({ pluginId, subject, by: subjectOf(act.principal) }, words)
  return rows
}
