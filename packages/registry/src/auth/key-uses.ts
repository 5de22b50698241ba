import { partsOf } from '../db/pieces.ts'
import type { Db } from '../db/tables.ts'
import { setLastUses } from './key-store.ts'

/** Keys written in one transaction. */
const batch = 200

/** When keys were used, in memory, since the last flush: a use costs no write. What a crash loses is a minute of uses. */
export class KeyUses {
  readonly #uses = new Map<string, string>()

  note(keyId: string, at: string): void {
    this.#uses.set(keyId, at)
  }

  /** What is not written yet; undefined when there is nothing newer than the row. */
  of(keyId: string): string | undefined {
    return this.#uses.get(keyId)
  }

  /** Writes the uses to their keys, in one order, so that no two processes wait for each other. */
  async flush(db: Db): Promise<void> {
    const uses = [...this.#uses].toSorted(([a], [b]) => (a < b ? -1 : 1))
    for (const some of partsOf(uses, batch)) {
      await db.transaction().execute((trx) => setLastUses(trx, some))
      // One that was used again in the meantime stays for the next time.
      for (const [id, when] of some) if (this.#uses.get(id) === when) this.#uses.delete(id)
    }
  }
}
