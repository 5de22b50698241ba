import { sweepBlobs } from './publishing/sweep-blobs.ts'
import type { World } from './world.ts'

/** Milliseconds between two runs. */
const flushEvery = 5_000
const sweepEvery = 3_600_000

/** Starts what runs beside the requests. What it gives back ends that, and writes what is still in memory. */
export function startJobs(world: World): () => Promise<void> {
  const flush = async () => {
    const plugins = await world.downloads.flush(world.db)
    for (const id of plugins) world.ready.drop(`plugin:${id}/listing`)
  }
  const sweep = async () => {
    await sweepBlobs(world)
  }
  const stops = [repeat(world, 'count downloads', flush, flushEvery), repeat(world, 'sweep blobs', sweep, sweepEvery)]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
    await flush().catch((error: unknown) => world.log.error({ err: error }, 'the last downloads are not counted'))
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
