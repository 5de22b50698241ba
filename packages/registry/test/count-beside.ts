import type { EventType } from '@plexica/api'
import { installationCounter } from '../src/analytics/count-installations.ts'
import { readConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import { appendEvent } from '../src/events/append-event.ts'
import { followEvents } from '../src/events/follow-events.ts'
import { addOwner } from '../src/plugins/owner-store.ts'
import { DownloadCounts } from '../src/publishing/download-counts.ts'
import { seedPlugins } from './seed-plugins.ts'

/** What a process beside the registry does to the same database. */
export type Step =
  | { seed: readonly string[] }
  /** Counts downloads and writes them, the given number of times. */
  | { downloads: readonly { pluginId: string; bytes: number; at: string }[]; times?: number }
  /** Counts downloads and cannot write them; they are written with the next ones. */
  | { lost: readonly { pluginId: string; bytes: number; at: string }[] }
  /** Each in a transaction of its own, as the flows write them; in between, all is counted now and then. */
  | { events: readonly { type: EventType; pluginId: string; tenantId: string; at: string }[] }

const [url] = process.argv.slice(2)
const read = readConfig({ PLEXICA_DATABASE_URL: url })
if ('problems' in read) throw new Error(read.problems.join('\n'))
const { database } = read.config
const db = connect(database)
const counts = new DownloadCounts()

process.send?.('ready')
process.once('message', async (steps: readonly Step[]) => {
  for (const step of steps) await take(step)
  await followEvents(db, installationCounter)
  await db.destroy()
  process.disconnect()
})

async function take(step: Step): Promise<void> {
  if ('seed' in step) {
    await seedPlugins(
      db,
      step.seed.map((id) => ({ manifest: { id } })),
    )
    await db.transaction().execute(async (trx) => {
      for (const id of step.seed) await addOwner(trx, id, 'ann', '2026-01-01T00:00:00.000Z')
    })
  } else if ('downloads' in step) {
    for (let round = 0; round < (step.times ?? 1); round++) {
      add(step.downloads)
      await counts.flush(db)
    }
  } else if ('lost' in step) {
    const away = connect(database)
    await away.selectFrom('plugins').select('id').limit(1).execute()
    await away.destroy()
    add(step.lost)
    const failed = await counts.flush(away).then(
      () => false,
      () => true,
    )
    if (!failed) throw new Error('a closed database took what was written')
  } else {
    for (const [n, { type, pluginId, tenantId, at }] of step.events.entries()) {
      await db.transaction().execute((trx) => appendEvent(trx, { type, actor: 'tom', at, pluginId, tenantId }))
      if (n % 7 === 0) await followEvents(db, installationCounter)
    }
  }
}

function add(downloads: readonly { pluginId: string; bytes: number; at: string }[]): void {
  for (const { pluginId, bytes, at } of downloads) counts.add(pluginId, '1.0.0', bytes, new Date(at))
}
