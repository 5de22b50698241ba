import type { Db, Trx } from '../db/tables.ts'

/**
 * Milliseconds after which a sweep that was begun and not ended is over: its process has died. Longer than any call to a
 * blob store takes to delete.
 */
const longestSweep = 60_000

/**
 * Announces that what has this name, the hash of a package or the digest of its files, is looked at and may be deleted.
 * Whoever would record a version of that name has done so before, which then shows, or is told by `refuseSwept`. False
 * when another sweep is at it.
 */
export async function beginSweep(db: Db, name: string, now: Date): Promise<boolean> {
  const began = await db
    .insertInto('blob_sweeps')
    .values({ name, began_at: now.toISOString() })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ began_at: now.toISOString() })
        .where('blob_sweeps.began_at', '<', overBefore(now)),
    )
    .returning('name')
    .execute()
  return began.length > 0
}

export async function endSweep(db: Db, name: string): Promise<void> {
  await db.deleteFrom('blob_sweeps').where('name', '=', name).execute()
}

/** Thrown to a publisher whose blob may just be being deleted: it has to be put again when the sweep has ended. */
export class BeingSwept extends Error {
  override readonly name = 'BeingSwept'
}

/**
 * Called by who records a version, in that transaction. Throws `BeingSwept` while one of its names is being swept; a
 * sweep that begins later waits for the end of the transaction, and sees what it recorded.
 */
export async function refuseSwept(trx: Trx, names: readonly string[], now: Date): Promise<void> {
  const began_at = now.toISOString()
  for (const name of names.toSorted()) {
    await trx.deleteFrom('blob_sweeps').where('name', '=', name).where('began_at', '<', overBefore(now)).execute()
    // It is the attempt that counts: two of them for one name wait for each other.
    const taken = await trx
      .insertInto('blob_sweeps')
      .values({ name, began_at })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('name')
      .execute()
    if (taken.length === 0) throw new BeingSwept(name)
  }
  await trx.deleteFrom('blob_sweeps').where('name', 'in', names).execute()
}

/** Whether one of these is being swept at this moment. */
export async function isBeingSwept(db: Db, names: readonly string[], now: Date): Promise<boolean> {
  const rows = await db
    .selectFrom('blob_sweeps')
    .select('name')
    .where('name', 'in', names)
    .where('began_at', '>=', overBefore(now))
    .execute()
  return rows.length > 0
}

function overBefore(now: Date): string {
  return new Date(now.getTime() - longestSweep).toISOString()
}
