import { sql } from 'kysely'
import type { Db, Trx } from '../db/tables.ts'

interface Downloads {
  pluginId: string
  version: string
  count: number
}

/** Versions counted in one statement; far fewer parameters than any engine takes. */
const batch = 200

/** Downloads since the last flush, in memory: a download costs no write. What a crash loses is a few seconds of counts. */
export class DownloadCounts {
  #counts = new Map<string, Downloads>()
  #total = 0

  /** Since the process started. */
  get total(): number {
    return this.#total
  }

  add(pluginId: string, version: string): void {
    this.#total++
    this.#count(pluginId, version, 1)
  }

  #count(pluginId: string, version: string, count: number): void {
    const key = `${pluginId} ${version}`
    const entry = this.#counts.get(key)
    if (entry) entry.count += count
    else this.#counts.set(key, { pluginId, version, count })
  }

  /** Adds what was counted to versions and plugins; gives the plugins whose count changed. What fails is counted later. */
  async flush(db: Db): Promise<string[]> {
    const entries = [...this.#counts.values()]
    this.#counts.clear()
    for (let at = 0; at < entries.length; at += batch) {
      try {
        await db.transaction().execute((trx) => addDownloads(trx, entries.slice(at, at + batch)))
      } catch (error) {
        for (const { pluginId, version, count } of entries.slice(at)) this.#count(pluginId, version, count)
        throw error
      }
    }
    return [...new Set(entries.map(({ pluginId }) => pluginId))]
  }
}

async function addDownloads(trx: Trx, entries: readonly Downloads[]): Promise<void> {
  // Plugins before their versions, and those in one order: no two transactions wait for each other.
  const byPlugin = [...Map.groupBy(entries, ({ pluginId }) => pluginId)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [id, some] of byPlugin) {
    const more = some.reduce((sum, { count }) => sum + count, 0)
    await trx
      .updateTable('plugins')
      .set((set) => ({ download_count: set('download_count', '+', more) }))
      .where('id', '=', id)
      .execute()
  }
  const cases = entries.map(
    ({ pluginId, version, count }) => sql`when plugin_id = ${pluginId} and version = ${version} then ${count}`,
  )
  const more = sql<number>`download_count + case ${sql.join(cases, sql` `)} else 0 end`
  await trx
    .updateTable('versions')
    .set({ download_count: more })
    .where((eb) =>
      eb.or(
        entries.map(({ pluginId, version }) => eb.and([eb('plugin_id', '=', pluginId), eb('version', '=', version)])),
      ),
    )
    .execute()
}
