import type { Ears, Listening } from '../announcement.ts'
import type { Db } from '../tables.ts'

/** By the adapter, which a connection shares with its transactions. */
const listening = new WeakMap<object, Set<Ears>>()

/** Only this process is heard: SQLite tells nobody of another one's writes. */
export function listenSqlite(db: Db, ears: Ears): Listening {
  const all = listening.get(adapterOf(db)) ?? new Set()
  listening.set(adapterOf(db), all.add(ears))
  ears.up()
  return {
    stop: async () => {
      all.delete(ears)
    },
  }
}

/** Told at once: whoever then reads waits for the one connection, and so for the end of this transaction. */
export async function announceInSqlite(db: Db, text: string): Promise<void> {
  for (const ears of listening.get(adapterOf(db)) ?? []) ears.heard(text)
}

function adapterOf(db: Db): object {
  return db.getExecutor().adapter
}
