import type { AnalyticsDay } from '@plexica/api'

/** A day, or a week of them where there are many. */
export interface Period {
  /** Its first day, as `2026-01-31`. */
  readonly day: string
  readonly downloads: number
  readonly installs: number
  readonly uninstalls: number
  /** At its end. */
  readonly installed: number
  readonly enabled: number
  readonly ratings: number
  readonly stars: number
}

/** More days than this are shown as weeks: a bar of two pixels says nothing. */
const mostDays = 90

export function isWeekly(days: readonly AnalyticsDay[]): boolean {
  return days.length > mostDays
}

/** Days as they are, or in weeks that end with the last day; the first may be shorter. */
export function periodsOf(days: readonly AnalyticsDay[]): Period[] {
  if (!isWeekly(days)) return [...days]
  const weeks: Period[] = []
  for (let end = days.length; end > 0; end -= 7) {
    const [first, ...rest] = days.slice(Math.max(0, end - 7), end)
    if (first) weeks.unshift(rest.reduce(together, first))
  }
  return weeks
}

function together(week: Period, day: Period): Period {
  return {
    day: week.day,
    downloads: week.downloads + day.downloads,
    installs: week.installs + day.installs,
    uninstalls: week.uninstalls + day.uninstalls,
    installed: day.installed,
    enabled: day.enabled,
    ratings: week.ratings + day.ratings,
    stars: week.stars + day.stars,
  }
}

/** The first and the last day of so many, in UTC, the last being this one. */
export function daysUntil(now: Date, days: number): { from: string; to: string } {
  const first = new Date(now.getTime() - (days - 1) * 86_400_000)
  return { from: first.toISOString().slice(0, 10), to: now.toISOString().slice(0, 10) }
}
