import { countOf } from '../db/count-of.ts'
import type { Db, DeliveryRow, Trx } from '../db/tables.ts'

export async function insertDelivery(trx: Db, row: DeliveryRow): Promise<void> {
  await trx
    .insertInto('webhook_deliveries')
    .values(row)
    .onConflict((conflict) => conflict.columns(['webhook_id', 'event_number']).doNothing())
    .execute()
}

export async function findDelivery(db: Db, webhookId: string, id: string): Promise<DeliveryRow | undefined> {
  return db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What was sent to a webhook and what waits, newest first. */
export async function listDeliveries(
  db: Db,
  webhookId: string,
  { skip, take }: { skip: number; take: number },
): Promise<{ rows: DeliveryRow[]; total: number }> {
  const deliveries = db.selectFrom('webhook_deliveries').where('webhook_id', '=', webhookId)
  const rows = await deliveries
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(take)
    .offset(skip)
    .execute()
  return { rows, total: await countOf(deliveries) }
}

/** Webhooks with something to send now. */
export async function webhooksDue(db: Db, at: string, take: number): Promise<string[]> {
  const rows = await db
    .selectFrom('webhook_deliveries')
    .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook_id')
    .select('webhook_id')
    .distinct()
    .where('state', '=', 'pending')
    .where('next_attempt_at', '<=', at)
    .where('disabled_at', 'is', null)
    .limit(take)
    .execute()
  return rows.map((row) => row.webhook_id)
}

/**
 * Takes a webhook's next due delivery for itself until a time. Of several processes that look at once one gets it: the
 * others find that it is no longer due. Undefined when there is none left.
 */
export async function claimDelivery(
  db: Db,
  webhookId: string,
  { at, until }: { at: string; until: string },
): Promise<DeliveryRow | undefined> {
  return (
    db
      .updateTable('webhook_deliveries')
      .set((set) => ({ next_attempt_at: until, last_attempt_at: at, attempts: set('attempts', '+', 1) }))
      .where('id', '=', (eb) =>
        eb
          .selectFrom('webhook_deliveries as due')
          .select('due.id')
          .where('due.webhook_id', '=', webhookId)
          .where('due.state', '=', 'pending')
          .where('due.next_attempt_at', '<=', at)
          .orderBy('due.next_attempt_at')
          .orderBy('due.event_number')
          .limit(1),
      )
      // Once more, for the row as it is when this transaction gets it.
      .where('state', '=', 'pending')
      .where('next_attempt_at', '<=', at)
      .returningAll()
      .executeTakeFirst()
  )
}

/** Writes what became of an attempt, unless it took so long that somebody else has claimed the delivery since. */
export async function settleDelivery(trx: Trx, claimed: DeliveryRow, outcome: Partial<DeliveryRow>): Promise<void> {
  await trx
    .updateTable('webhook_deliveries')
    .set(outcome)
    .where('id', '=', claimed.id)
    .where('attempts', '=', claimed.attempts)
    .where('next_attempt_at', '=', claimed.next_attempt_at)
    .execute()
}

/** Makes a delivery due, whatever became of it before. */
export async function requeueDelivery(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({ state: 'pending', next_attempt_at: at })
    .where('id', '=', id)
    .execute()
}

export async function deleteDeliveriesBefore(db: Db, at: string): Promise<void> {
  await db.deleteFrom('webhook_deliveries').where('created_at', '<', at).execute()
}
