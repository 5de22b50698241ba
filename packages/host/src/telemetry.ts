import type { PluginReport } from '@plexica/api'
import type { HostError } from './host-errors.ts'

/** Milliseconds from the first thing to tell until it is told. */
const patience = 5_000
/** Milliseconds in which the same error is told once. */
const repeat = 60_000
/** Errors that are remembered for that. */
const remembered = 200
/** What the registry takes at once. */
const most = { reports: 50, loads: 10, renders: 100, errors: 20, milliseconds: 600_000, message: 500, component: 64 }

/** Whom something is told about. */
export type Subject = Pick<PluginReport, 'pluginId' | 'version' | 'variant'>

/** How plugins do in this page, told to the registry now and then. Nothing here throws or waits. */
export interface Telemetry {
  loaded(subject: Subject, milliseconds: number): void
  rendered(subject: Subject, milliseconds: number): void
  failed(subject: Subject, reason: HostError, component?: string): void
  /** Tells what there is, and nothing after it. */
  stop(): void
}

/** @param send Takes the reports; what becomes of them is its own affair. */
export function startTelemetry(send: (reports: PluginReport[]) => void): Telemetry {
  const reports = new Map<string, PluginReport>()
  const told = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  function flush() {
    clearTimeout(timer)
    timer = undefined
    const batch = [...reports.values()]
    reports.clear()
    if (batch.length > 0) send(batch)
  }

  function reportOn({ pluginId, version, variant }: Subject): PluginReport | undefined {
    if (stopped) return undefined
    const key = `${pluginId} ${version} ${variant}`
    const report = reports.get(key) ?? { pluginId, version, variant }
    if (!reports.has(key) && reports.size >= most.reports) return undefined
    reports.set(key, report)
    timer ??= setTimeout(flush, patience)
    return report
  }

  function measured(subject: Subject, measure: 'loads' | 'renders', milliseconds: number) {
    const report = reportOn(subject)
    if (!report) return
    report[measure] ??= []
    if (report[measure].length < most[measure]) {
      report[measure].push(Math.round(Math.min(Math.max(milliseconds, 0), most.milliseconds) * 10) / 10)
    }
  }

  /** Whether it was told a moment ago. */
  function isRepeated(error: string): boolean {
    const now = performance.now()
    if (now - (told.get(error) ?? Number.NEGATIVE_INFINITY) < repeat) return true
    told.delete(error)
    const [oldest] = told.keys()
    if (told.size >= remembered && oldest !== undefined) told.delete(oldest)
    told.set(error, now)
    return false
  }

  const onHide = () => {
    if (document.visibilityState === 'hidden') flush()
  }
  addEventListener('pagehide', flush)
  document.addEventListener('visibilitychange', onHide)

  return {
    loaded: (subject, milliseconds) => measured(subject, 'loads', milliseconds),
    rendered: (subject, milliseconds) => measured(subject, 'renders', milliseconds),
    failed(subject, reason, component) {
      const { code } = reason
      const error = {
        code,
        ...(component ? { component: component.slice(0, most.component) } : {}),
        message: messageFor(reason),
      }
      if (isRepeated(JSON.stringify([subject, error]))) return
      const report = reportOn(subject)
      if (!report) return
      report.errors ??= []
      if (report.errors.length < most.errors) report.errors.push(error)
    },
    stop() {
      flush()
      stopped = true
      removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', onHide)
    },
  }
}

/** What was said of an error. Not what was thrown instead of one, which may be anybody's data, and no secret of a URL. */
function messageFor({ message, cause }: HostError): string {
  const said =
    cause === undefined || cause instanceof Error ? message : `What was thrown is no error (${typeof cause}).`
  return said.replace(/(https?:\/\/[^\s?#]*)[?#]\S*/g, '$1').slice(0, most.message)
}
