import type { AuditOutcome } from '@plexica/api'
import { engineOf } from '../db/engine-of.ts'
import type { AuditRow, Db, Trx } from '../db/tables.ts'
import { type AuditEntry, type ChainEnd, chained, emptyChain } from './audit-chain.ts'

/** Adds rows at the end of the chain, while no other process does. */
export async function appendToChain(trx: Trx, entries: readonly AuditEntry[]): Promise<void> {
  await engineOf(trx).takeTurn(trx, 'audit')
  const end = await trx
    .selectFrom('audit')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  await trx
    .insertInto('audit')
    .values(chained(end ?? emptyChain, entries))
    .execute()
}

/** Rows after an end, in order; to go through all of them piece by piece. */
export async function rowsAfter(db: Db, { number }: ChainEnd, take: number): Promise<AuditRow[]> {
  return db.selectFrom('audit').selectAll().where('number', '>', number).orderBy('number').limit(take).execute()
}

/** Every field narrows the list; times are UTC ISO 8601. */
export interface AuditQuery {
  readonly actor?: string | undefined
  readonly operation?: string | undefined
  readonly pluginId?: string | undefined
  readonly tenantId?: string | undefined
  readonly outcome?: AuditOutcome | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Leaves out what members of other tenants did. */
  readonly insideTenant?: boolean
  /** Only rows with a smaller number. */
  readonly before?: number | undefined
  readonly take: number
}

/** The newest first. */
export async function listAudit(db: Db, query: AuditQuery): Promise<AuditRow[]> {
  const { actor, operation, pluginId, tenantId, outcome, from, to, insideTenant, before, take } = query
  let rows = db.selectFrom('audit').selectAll()
  if (actor !== undefined) rows = rows.where('actor', '=', actor)
  if (operation !== undefined) rows = rows.where('operation', '=', operation)
  if (pluginId !== undefined) rows = rows.where('plugin_id', '=', pluginId)
  if (tenantId !== undefined) rows = rows.where('tenant_id', '=', tenantId)
  if (outcome !== undefined) rows = rows.where('outcome', '=', outcome)
  if (from !== undefined) rows = rows.where('happened_at', '>=', from)
  if (to !== undefined) rows = rows.where('happened_at', '<', to)
  if (before !== undefined) rows = rows.where('number', '<', before)
  if (insideTenant && tenantId !== undefined) {
    rows = rows.where((eb) => eb.or([eb('actor_tenant_id', 'is', null), eb('actor_tenant_id', '=', tenantId)]))
  }
  return rows.orderBy('number', 'desc').limit(take).execute()
}
