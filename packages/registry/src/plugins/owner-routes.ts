import type { Owners } from '@plexica/api'
import type { Handler } from '../http/handler.ts'
import * as change from './change-owners.ts'
import { type OwnerRow, ownerRowsOf } from './owner-store.ts'
import { requirePlugin } from './require-visible.ts'

const listOwners: Handler<'listOwners'> = async ({ world, params: { pluginId }, principal }) => {
  await requirePlugin(world.db, pluginId, principal)
  return ownersView(await ownerRowsOf(world.db, pluginId))
}

const addOwner: Handler<'addOwner'> = async ({ world, params, principal, log }) =>
  ownersView(await change.addOwner(world, { ...params, principal, log }))

const removeOwner: Handler<'removeOwner'> = async ({ world, params, principal, log }) =>
  ownersView(await change.removeOwner(world, { ...params, principal, log }))

function ownersView(rows: readonly OwnerRow[]): Owners {
  return { owners: rows.map(({ subject, added_at }) => ({ subject, addedAt: added_at })) }
}

export const ownerHandlers = { listOwners, addOwner, removeOwner }
