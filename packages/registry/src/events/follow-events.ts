import type { Db, EventRow, Trx } from '../db/tables.ts'
import { cursorOf, eventsAfter, holdCursor, lastEventNumber, moveCursor } from './event-store.ts'

/** Events of one transaction. */
const batch = 100

/** Somebody who sees each event once, in their order, however many processes run. */
export interface Follower {
  readonly name: 'webhooks' | 'notifications'
  /** Writes in the transaction that moves the cursor; it may take no row that other transactions hold before a cursor. */
  follow(trx: Trx, event: EventRow): Promise<void>
}

/** Brings a follower up to the last event. */
export async function followEvents(db: Db, follower: Follower): Promise<void> {
  while ((await cursorOf(db, follower.name)) < (await lastEventNumber(db))) await followSome(db, follower)
}

async function followSome(db: Db, { name, follow }: Follower): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const events = await eventsAfter(trx, await holdCursor(trx, name), batch)
    for (const event of events) await follow(trx, event)
    const last = events.at(-1)
    if (last) await moveCursor(trx, name, last.number)
  })
}
