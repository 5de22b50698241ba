const millisecondsOfDay = 86_400_000

/** The day of a time in UTC, such as `2026-01-31`. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

/** The day that is so many days after this one, or before it. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(new Date(Date.parse(day) + days * millisecondsOfDay))
}

/** So many days before a time, also parts of them. */
export function daysBefore(time: Date, days: number): Date {
  return new Date(time.getTime() - Math.floor(days * millisecondsOfDay))
}

/** How many days there are from the first to the last, both included. */
export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / millisecondsOfDay) + 1
}
