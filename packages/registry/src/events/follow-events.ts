import type { Db, EventRow, Trx } from '../db/tables.ts'
import { cursorOf, eventsAfter, holdCursor, lastEventNumber, moveCursor } from './event-store.ts'

/** Events of one transaction. */
const batch = 100

/** Somebody who sees each event once, in their order, however many processes run. */
export interface Follower {
  readonly name: 'analytics' | 'webhooks' | 'notifications'
  /** Writes in the transaction that moves the cursor; it may take no row that other transactions hold before a cursor. */
  follow(trx: Trx, events: readonly EventRow[]): Promise<void>
}

/** Brings a follower up to the last event. Wherever it stops, how far it came is written with what it wrote. */
export async function followEvents(db: Db, follower: Follower): Promise<void> {
  // Looked at before a transaction begins, so that nobody waits for one that has nothing to write.
  while ((await cursorOf(db, follower.name)) < (await lastEventNumber(db))) await followSome(db, follower)
}

async function followSome(db: Db, { name, follow }: Follower): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const events = await eventsAfter(trx, await holdCursor(trx, name), batch)
    const last = events.at(-1)
    // Another process was first.
    if (!last) return
    await follow(trx, events)
    await moveCursor(trx, name, last.number)
  })
}
