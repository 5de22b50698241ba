import { routes } from '@plexica/api'
import type { SeenRequest } from '../http/seen-request.ts'

/** Upper bounds of the latency histogram, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

interface Latency {
  /** Requests up to each bound, and those above all of them. */
  readonly counts: number[]
  sum: number
}

const publishRoutes: ReadonlySet<string | null> = new Set([routes.publishPlugin.path, routes.publishVersion.path])

/** What this process has done since it started. Series are few: every label's values are of a closed list. */
export class Metrics {
  readonly #latencies = new Map<string, Latency>()
  readonly #bytes = new Map<string, number>()
  readonly #publishes = new Map<string, number>()
  readonly #jobs = new Map<string, number>()

  observe({ method, route, status, ms, bytes, code }: SeenRequest): void {
    const labels = labelsOf({ method, route: route ?? 'none', status: `${Math.floor(status / 100)}xx` })
    let latency = this.#latencies.get(labels)
    if (!latency) {
      latency = { counts: Array.from({ length: bounds.length + 1 }, () => 0), sum: 0 }
      this.#latencies.set(labels, latency)
    }
    const place = bounds.findIndex((bound) => ms / 1_000 <= bound)
    const index = place === -1 ? bounds.length : place
    latency.counts[index] = (latency.counts[index] ?? 0) + 1
    latency.sum += ms / 1_000
    if (bytes > 0) count(this.#bytes, labelsOf({ route: route ?? 'none' }), bytes)
    if (code && method === 'POST' && publishRoutes.has(route)) count(this.#publishes, labelsOf({ result: code }))
  }

  /** An upload was taken; those that were refused are seen as requests. */
  published(result: 'created' | 'unchanged'): void {
    count(this.#publishes, labelsOf({ result }))
  }

  /** A job has run to its end, or has failed. */
  jobEnded(job: string, result: 'done' | 'failed'): void {
    count(this.#jobs, labelsOf({ job, result }))
  }

  /** Prometheus' text format. */
  lines(): string[] {
    return [
      ...head('plexica_http_request_duration_seconds', 'histogram', 'Time from a request to the end of its answer'),
      ...[...this.#latencies].flatMap(([labels, latency]) => histogram(labels, latency)),
      ...series('plexica_http_response_bytes_total', 'Bytes of answers that went out whole', this.#bytes),
      ...series(
        'plexica_publishes_total',
        'Uploads by what became of them: created, unchanged or a code',
        this.#publishes,
      ),
      ...series('plexica_jobs_total', 'Runs of the jobs beside the requests, by result', this.#jobs),
    ]
  }
}

/** One gauge or counter without labels. */
export function single(name: string, type: 'gauge' | 'counter', help: string, value: number): string[] {
  return [...head(name, type, help), `${name} ${value}`]
}

/** A gauge for each value of a label. */
export function gauges(name: string, help: string, label: string, values: Readonly<Record<string, number>>): string[] {
  return [
    ...head(name, 'gauge', help),
    ...Object.entries(values).map(([key, value]) => `${name}{${labelsOf({ [label]: key })}} ${value}`),
  ]
}

function series(name: string, help: string, counts: ReadonlyMap<string, number>): string[] {
  return [...head(name, 'counter', help), ...[...counts].map(([labels, value]) => `${name}{${labels}} ${value}`)]
}

function histogram(labels: string, { counts, sum }: Latency): string[] {
  const name = 'plexica_http_request_duration_seconds'
  let total = 0
  const buckets = counts.map((n, index) => {
    total += n
    return `${name}_bucket{${labels},le="${bounds[index] ?? '+Inf'}"} ${total}`
  })
  return [...buckets, `${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${total}`]
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

/** The values are ours, or a method that Node's parser knows: none has a character to escape. */
function labelsOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')
}

function count(counts: Map<string, number>, key: string, more = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + more)
}
