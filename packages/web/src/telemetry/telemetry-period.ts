import { daysUntil } from '../analytics/analytics-period.ts'

/** Days for which the registry keeps what pages tell. */
const mostDays = 90

/** The days of a period of so many until now, as far as they are kept. */
export function telemetryDays(now: Date, days: number): { from: string; to: string } {
  return daysUntil(now, Math.min(days, mostDays))
}

/** How many days there have been since a time, both ends included. */
export function daysSince(at: string, now: Date): number {
  const dayOf = (time: Date) => Math.floor(time.getTime() / 86_400_000)
  return dayOf(now) - dayOf(new Date(at)) + 1
}
