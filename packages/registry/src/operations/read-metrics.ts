import { monitorEventLoopDelay } from 'node:perf_hooks'
import { engineOf } from '../db/engine-of.ts'
import { oldestInQueue } from '../review/submission-store.ts'
import type { World } from '../world.ts'
import { gauges, single } from './metrics.ts'

/** Milliseconds between two looks at the event loop; the shortest lag that is seen. */
const resolution = 20

let lag: ReturnType<typeof monitorEventLoopDelay> | undefined

/** All metrics of this process and its registry, in Prometheus' text format 0.0.4. */
export async function readMetrics(world: World): Promise<string> {
  const queue = await oldestInQueue(world.db)
  const age = queue.oldest === null ? 0 : (world.now().getTime() - Date.parse(queue.oldest)) / 1_000
  const pool = engineOf(world.db).poolOf(world.db)
  const { rss, heapUsed, external } = process.memoryUsage()
  const lines = [
    ...world.metrics.lines(),
    ...single('plexica_downloads_total', 'counter', 'Packages downloaded', world.downloads.total),
    ...single('plexica_review_queue_length', 'gauge', 'Versions that wait for a decision', queue.length),
    ...single('plexica_review_queue_oldest_seconds', 'gauge', 'For how long the first of them has waited', age),
    ...(pool ? gauges('plexica_database_connections', 'Connections of this process', 'state', { ...pool }) : []),
    ...single('process_resident_memory_bytes', 'gauge', 'Memory of the process', rss),
    ...gauges('plexica_memory_bytes', 'Memory by kind', 'kind', { heap: heapUsed, external }),
    ...single('process_start_time_seconds', 'gauge', 'When the process started', performance.timeOrigin / 1_000),
    ...lagLines(),
  ]
  return `${lines.join('\n')}\n`
}

/** Measured from the first time that somebody asks, since looking wakes an idle process; then since the last time. */
function lagLines(): string[] {
  if (!lag) {
    lag = monitorEventLoopDelay({ resolution })
    lag.enable()
  }
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolution / 1_000)
  const { count, max } = lag
  const values = count === 0 ? { p50: 0, p99: 0, max: 0 } : { p50: lag.percentile(50), p99: lag.percentile(99), max }
  lag.reset()
  const bySeconds = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, seconds(value)]))
  return gauges('plexica_event_loop_lag_seconds', 'How late timers were since the last look', 'quantile', bySeconds)
}
