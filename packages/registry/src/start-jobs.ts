import { matchVersions } from './advisories/match-versions.ts'
import { forgetExpired } from './auth/forget-expired.ts'
import { dayAfter, dayOf, daysBefore } from './days.ts'
import { engineOf } from './db/engine-of.ts'
import { deleteReadBefore } from './notifications/notification-store.ts'
import { sweepBlobs } from './publishing/sweep-blobs.ts'
import { startFollowers } from './start-followers.ts'
import { telemetryDays } from './telemetry/plugin-telemetry.ts'
import { deleteTelemetryBefore } from './telemetry/telemetry-store.ts'
import { deleteDeliveriesBefore } from './webhooks/delivery-store.ts'
import type { World } from './world.ts'

/** Milliseconds between two runs. */
const flushEvery = 5_000
const sweepEvery = 3_600_000
const matchEvery = 3_600_000
const noteUsesEvery = 60_000
const forgetEvery = 600_000

/** Days after which read notifications go, and webhooks’ deliveries. */
const keptDays = { notifications: 90, deliveries: 30 } as const

/** Starts what runs beside the requests. What it gives back ends that, and writes what is still in memory. */
export function startJobs(world: World): () => Promise<void> {
  const flush = async () => {
    const plugins = await world.downloads.flush(world.db)
    for (const id of plugins) world.ready.drop(`plugin:${id}/listing`)
  }
  const sweep = async () => {
    await sweepBlobs(world)
  }
  const match = async () => {
    await matchVersions(world)
  }
  const noteUses = () => world.keyUses.flush(world.db)
  const forget = async () => {
    await forgetExpired(world.db, world.now())
    await engineOf(world.db).forgetBuckets(world.db)
  }
  const forgetOld = async () => {
    await deleteReadBefore(world.db, daysBefore(world.now(), keptDays.notifications).toISOString())
    await deleteDeliveriesBefore(world.db, daysBefore(world.now(), keptDays.deliveries).toISOString())
    await deleteTelemetryBefore(world.db, dayAfter(dayOf(world.now()), 1 - telemetryDays))
  }
  const stops = [
    repeat(world, 'count downloads', flush, flushEvery),
    repeat(world, 'match advisories', match, matchEvery),
    repeat(world, 'sweep blobs', sweep, sweepEvery),
    repeat(world, 'note the uses of keys', noteUses, noteUsesEvery),
    repeat(world, 'forget what has expired', forget, forgetEvery),
    repeat(world, 'forget what is old', forgetOld, sweepEvery),
    startFollowers(world),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
    await flush().catch((error: unknown) => world.log.error({ err: error }, 'the last downloads are not counted'))
    await noteUses().catch((error: unknown) => world.log.error({ err: error }, 'the last uses of keys are not noted'))
    await world.audit
      .flush()
      .catch((error: unknown) => world.log.error({ err: error }, 'the last refused calls are not in the audit'))
  }
}

/** Runs a job again and again, never twice at a time; a failure is logged, and the next run tries again. */
function repeat(world: World, job: string, run: () => Promise<void>, every: number): () => Promise<void> {
  let running = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = run()
      .then(() => world.metrics.jobEnded(job, 'done'))
      .catch((error: unknown) => {
        world.metrics.jobEnded(job, 'failed')
        world.log.error({ err: error, job }, 'a job failed')
      })
      .finally(() => {
        busy = false
      })
  }, every).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
