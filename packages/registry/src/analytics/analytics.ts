import type { AnalyticsDay } from '@plexica/api'
import { dayAfter, dayOf, daysBetween } from '../days.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import type { DayCounts, Period } from './plugin-day-store.ts'

/** How many days answers are about. */
export interface DayLimits {
  /** When nobody says which. */
  readonly usual: number
  readonly most: number
}

/** A month; at most a year, and what people like to see beside it. */
const analyticsLimits: DayLimits = { usual: 30, most: 400 }

/** The days that a request asks for. Throws `request_invalid` for too many, and for an end before its beginning. */
export function periodOf(
  { from, to }: { from?: string; to?: string },
  now: Date,
  { usual, most }: DayLimits = analyticsLimits,
): Period {
  const last = to ?? dayOf(now)
  const first = from ?? dayAfter(last, 1 - usual)
  const days = daysBetween(first, last)
  if (days < 1)
    throw invalid('query.to', `${last} is before ${first}.`, 'Let `to` be the same day as `from` or a later one.')
  if (days > most) {
    throw invalid('query.from', `From ${first} to ${last} are ${days} days.`, `Ask for at most ${most} days at once.`)
  }
  return { from: first, to: last }
}

function invalid(path: string, message: string, fix: string): RegistryError {
  return new RegistryError('request_invalid', message, { findings: [requestFinding(path, message, fix)] })
}

export interface Counts {
  readonly days: readonly DayCounts[]
  readonly ratings: readonly { day: string; count: number; stars: number }[]
  /** Installations at the beginning of the period. */
  readonly before: { readonly installed: number; readonly enabled: number }
}

/** One row for each day of the period; a day of which nothing is known is a day on which nothing happened. */
export function analyticsDays({ from, to }: Period, { days, ratings, before }: Counts): AnalyticsDay[] {
  const counted = new Map(days.map((row) => [row.day, row]))
  const rated = new Map(ratings.map((row) => [row.day, row]))
  let { installed, enabled } = before
  return Array.from({ length: daysBetween(from, to) }, (_, index) => {
    const day = dayAfter(from, index)
    const row = counted.get(day)
    const { installs = 0, uninstalls = 0 } = row ?? {}
    installed += installs - uninstalls
    enabled += row?.enabled_change ?? 0
    return {
      day,
      downloads: row?.downloads ?? 0,
      downloadBytes: row?.download_bytes ?? 0,
      installs,
      uninstalls,
      installed,
      enabled,
      ratings: rated.get(day)?.count ?? 0,
      stars: rated.get(day)?.stars ?? 0,
    }
  })
}

/** What happened in all these days together. */
export function analyticsTotals(days: readonly AnalyticsDay[]) {
  const sum = (key: Exclude<keyof AnalyticsDay, 'day'>) => days.reduce((total, day) => total + day[key], 0)
  return {
    downloads: sum('downloads'),
    downloadBytes: sum('downloadBytes'),
    installs: sum('installs'),
    uninstalls: sum('uninstalls'),
    ratings: sum('ratings'),
    stars: sum('stars'),
  }
}
