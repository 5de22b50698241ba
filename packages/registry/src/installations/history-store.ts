import type { HistoryAction, HistoryEntry } from '@plexica/api'
import type { Insertable } from 'kysely'
import { countOf } from '../db/count-of.ts'
import type { Db, HistoryRow, Tables, Trx } from '../db/tables.ts'

/** What an update left, so that it can be undone. */
export interface LeftState {
  readonly number: number
  readonly version: string
  /** JSON, as in the installation's row. */
  readonly configuration: string
  readonly secrets: string
  readonly permissions: string
}

export async function insertHistory(trx: Trx, row: Insertable<Tables['installation_history']>): Promise<void> {
  await trx.insertInto('installation_history').values(row).execute()
}

/** One page of what was done to a tenant's plugin, newest first. */
export async function listHistory(
  db: Db,
  { tenantId, pluginId }: { tenantId: string; pluginId: string },
  { skip, take }: { skip: number; take: number },
): Promise<{ rows: HistoryRow[]; total: number }> {
  const all = historyOf(db, tenantId, pluginId)
  const total = await countOf(all)
  return { rows: await all.selectAll().orderBy('number', 'desc').offset(skip).limit(take).execute(), total }
}

/** Where the way back leads: what the newest update that was not undone has left. */
export async function findLeftState(db: Db, tenantId: string, pluginId: string): Promise<LeftState | undefined> {
  const row = await historyOf(db, tenantId, pluginId)
    .selectAll()
    .where('left_configuration', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const { number, previous_version, left_configuration, left_secrets, left_permissions } = row
  if (previous_version === null || left_configuration === null || left_secrets === null || left_permissions === null)
    return undefined
  return {
    number,
    version: previous_version,
    configuration: left_configuration,
    secrets: left_secrets,
    permissions: left_permissions,
  }
}

/** Updates of one plugin that can be undone, one after the other. */
const mostSteps = 20

/** Drops what older updates have left than anybody goes back. */
export async function forgetOldStates(trx: Trx, tenantId: string, pluginId: string): Promise<void> {
  const newestOld = historyOf(trx, tenantId, pluginId)
    .select('number')
    .where('left_configuration', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .offset(mostSteps)
  await forget(trx, tenantId, pluginId).where('number', '<=', newestOld).execute()
}

const forgotten = { left_configuration: null, left_secrets: null, left_permissions: null }

/** What an update has left is of no use once the update was undone. */
export async function forgetLeftState(trx: Trx, number: number): Promise<void> {
  await trx.updateTable('installation_history').set(forgotten).where('number', '=', number).execute()
}

/** Nor are any values when the plugin has gone; what was done stays told. */
export async function forgetLeftStates(trx: Trx, tenantId: string, pluginId: string): Promise<void> {
  await forget(trx, tenantId, pluginId).execute()
}

function forget(trx: Trx, tenantId: string, pluginId: string) {
  return trx
    .updateTable('installation_history')
    .set(forgotten)
    .where('tenant_id', '=', tenantId)
    .where('plugin_id', '=', pluginId)
    .where('left_configuration', 'is not', null)
}

export function historyEntry(row: HistoryRow): HistoryEntry {
  return {
    action: row.action as HistoryAction,
    version: row.version,
    previousVersion: row.previous_version,
    by: row.actor,
    at: row.happened_at,
    changed: JSON.parse(row.changed),
  }
}

function historyOf(db: Db, tenantId: string, pluginId: string) {
  return db.selectFrom('installation_history').where('tenant_id', '=', tenantId).where('plugin_id', '=', pluginId)
}
