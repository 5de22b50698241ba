import type { EventType } from '@plexica/api'
import type { Db, EventRow, Trx } from '../db/tables.ts'

/**
 * What a tenant is told of the plugins that it has, whoever did it: the rest of a plugin's life is its owners' business.
 * So is what becomes of versions that nobody has: those that are deleted, of which most were never published.
 */
export const toldToTenants: readonly EventType[] = [
  'submission.approved',
  'version.yanked',
  'version.unyanked',
  'version.affected',
  'plugin.deprecated',
  'plugin.undeprecated',
]

/** 0 before anything has happened. */
export async function lastEventNumber(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('events')
    .select((eb) => eb.fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? 0
}

/** The next events after a number, in their order. */
export async function eventsAfter(db: Db, after: number, take: number): Promise<EventRow[]> {
  return db.selectFrom('events').selectAll().where('number', '>', after).orderBy('number').limit(take).execute()
}

/**
 * What a tenant sees of the next events after a number, in their order: its own, and what became of the plugins that it
 * has now.
 */
export async function tenantEventsAfter(
  db: Db,
  { tenantId, after, take }: { tenantId: string; after: number; take: number },
): Promise<EventRow[]> {
  const events = db.selectFrom('events').selectAll().where('number', '>', after).orderBy('number').limit(take)
  // Each by an index of its own; of both together, neither would help.
  const own = await events.where('tenant_id', '=', tenantId).execute()
  const ofPlugins = await events
    .where('plugin_id', 'in', (eb) =>
      eb.selectFrom('installations').select('installations.plugin_id').where('installations.tenant_id', '=', tenantId),
    )
    .where('tenant_id', 'is', null)
    .where('type', 'in', toldToTenants)
    .execute()
  return [...own, ...ofPlugins].toSorted((a, b) => a.number - b.number).slice(0, take)
}

/** Up to where a follower has come; held until the transaction ends, so that followers of one name take turns. */
export async function holdCursor(trx: Trx, follower: string): Promise<number> {
  const { number } = await trx
    .insertInto('event_cursors')
    .values({ follower, number: 0 })
    .onConflict((conflict) =>
      conflict.column('follower').doUpdateSet((set) => ({ number: set.ref('event_cursors.number') })),
    )
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}

/** 0 for who has not seen any. */
export async function cursorOf(db: Db, follower: string): Promise<number> {
  const row = await db.selectFrom('event_cursors').select('number').where('follower', '=', follower).executeTakeFirst()
  return row?.number ?? 0
}

export async function moveCursor(trx: Trx, follower: string, number: number): Promise<void> {
  await trx.updateTable('event_cursors').set({ number }).where('follower', '=', follower).execute()
}
