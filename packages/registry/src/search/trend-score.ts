import { dayOf, daysBefore } from '../days.ts'

/** Days whose installs are recent, today among them, and whole weeks before them that tell what is usual. */
const recentDays = 7
const weeksBefore = 8

/** The first day of each stretch, in UTC: `2026-03-31`. */
export interface TrendDays {
  readonly before: string
  readonly recent: string
  readonly today: string
}

export function trendDays(now: Date): TrendDays {
  const daysAgo = (days: number) => dayOf(daysBefore(now, days))
  return {
    before: daysAgo(recentDays - 1 + weeksBefore * 7),
    recent: daysAgo(recentDays - 1),
    today: daysAgo(0),
  }
}

/** Installs that are added to both sides: a single one against none says nothing. */
const calm = 10

/**
 * How many times its usual weekly rate a plugin is installed: 1 is as ever. `recent` are the installs of the last seven
 * days, `before` those of the eight weeks before. 1 after none makes 1.1, 30 after none 4, 200 after 100 a week 1.9.
 */
export function trendScore({ recent, before }: { recent: number; before: number }): number {
  return (recent + calm) / (before / weeksBefore + calm)
}
