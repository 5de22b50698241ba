import { sql } from 'kysely'
import { addToDays } from '../analytics/plugin-day-store.ts'
import { dayOf } from '../days.ts'
import type { Db, Trx } from '../db/tables.ts'

/** Packages of one version that went out on one day. */
interface Downloads {
  pluginId: string
  version: string
  day: string
  count: number
  bytes: number
}

/** Versions counted in one statement; far fewer parameters than any engine takes. */
const batch = 200

/** Downloads since the last flush, in memory: a download costs no write. What a crash loses is a few seconds of counts. */
export class DownloadCounts {
  #counts = new Map<string, Downloads>()
  #total = 0

  /** Packages counted since the process started. */
  get total(): number {
    return this.#total
  }

  /** Counts one package that has gone out whole, with its bytes, on the day of this time in UTC. */
  add(pluginId: string, version: string, bytes: number, at: Date): void {
    this.#total++
    this.#put({ pluginId, version, day: dayOf(at), count: 1, bytes })
  }

  /** Adds what was counted to versions, plugins and days; gives the plugins whose count changed. What fails is counted later. */
  async flush(db: Db): Promise<string[]> {
    const entries = [...this.#counts.values()]
    this.#counts.clear()
    for (let at = 0; at < entries.length; at += batch) {
      try {
        await db.transaction().execute((trx) => addDownloads(trx, entries.slice(at, at + batch)))
      } catch (error) {
        for (const entry of entries.slice(at)) this.#put(entry)
        throw error
      }
    }
    return [...new Set(entries.map(({ pluginId }) => pluginId))]
  }

  #put(more: Downloads): void {
    const key = `${more.day} ${more.pluginId} ${more.version}`
    const entry = this.#counts.get(key)
    if (entry) {
      entry.count += more.count
      entry.bytes += more.bytes
    } else this.#counts.set(key, { ...more })
  }
}

async function addDownloads(trx: Trx, entries: readonly Downloads[]): Promise<void> {
  // Plugins before their versions, and those in one order: no two transactions wait for each other.
  const byPlugin = [...Map.groupBy(entries, ({ pluginId }) => pluginId)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [id, some] of byPlugin) {
    await trx
      .updateTable('plugins')
      .set((set) => ({ download_count: set('download_count', '+', countOf(some)) }))
      .where('id', '=', id)
      .execute()
  }
  await addToVersions(trx, entries)
  await addToDays(
    trx,
    entries.map(({ pluginId, day, count, bytes }) => ({ pluginId, day, downloads: count, downloadBytes: bytes })),
  )
}

async function addToVersions(trx: Trx, entries: readonly Downloads[]): Promise<void> {
  // Around midnight a version has entries for two days.
  const byVersion = [...Map.groupBy(entries, ({ pluginId, version }) => `${pluginId} ${version}`).values()]
  const counts = byVersion.flatMap(([entry, ...more]) =>
    entry ? [{ ...entry, count: countOf([entry, ...more]) }] : [],
  )
  const cases = counts.map(
    ({ pluginId, version, count }) => sql`when plugin_id = ${pluginId} and version = ${version} then ${count}`,
  )
  const more = sql<number>`download_count + case ${sql.join(cases, sql` `)} else 0 end`
  await trx
    .updateTable('versions')
    .set({ download_count: more })
    .where((eb) =>
      eb.or(
        counts.map(({ pluginId, version }) => eb.and([eb('plugin_id', '=', pluginId), eb('version', '=', version)])),
      ),
    )
    .execute()
}

function countOf(entries: readonly Downloads[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0)
}
