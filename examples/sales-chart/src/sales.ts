/** The sales of one day. */
export interface SalesDay {
  /** `YYYY-MM-DD` in the shop's own calendar. */
  date: string
  /** In units of the shop's currency. */
  total: number
  orders: number
}

export interface SalesSummary {
  total: number
  orders: number
  /** Total by orders; 0 without orders. */
  averageOrder: number
  /** The day with the highest total, the latest of equals; absent when nothing was sold. */
  best?: SalesDay
}

const dayMilliseconds = 86_400_000
const datePattern = /^\d{4}-\d{2}-\d{2}$/

/**
 * Checks the platform's answer to `orders:read`.
 *
 * @throws {TypeError} with a sentence for the reader when the answer is not a list of days.
 */
export function readSales(answer: unknown): SalesDay[] {
  if (!Array.isArray(answer)) throw new TypeError('The platform did not answer with a list of days.')
  return answer.map((day: unknown, index) => {
    if (!isSalesDay(day)) throw new TypeError(`Day ${index + 1} of the platform's answer has no date, total or orders.`)
    return { date: day.date, total: day.total, orders: day.orders }
  })
}

function isSalesDay(day: unknown): day is SalesDay {
  if (typeof day !== 'object' || day === null) return false
  const { date, total, orders } = day as Partial<Record<keyof SalesDay, unknown>>
  return typeof date === 'string' && isCalendarDay(date) && Number.isFinite(total) && Number.isFinite(orders)
}

/** `Date.parse` takes 30 February for 2 March. */
function isCalendarDay(date: string): boolean {
  const time = datePattern.test(date) ? Date.parse(date) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

/**
 * One entry for every day up to the last one sold on, oldest first: days of one date are added up, days without a sale
 * become zero. At most `most` days, so that one wrong date cannot ask for a million bars.
 */
export function everyDay(days: readonly SalesDay[], most: number): SalesDay[] {
  const byDate = new Map<string, SalesDay>()
  for (const { date, total, orders } of days) {
    const known = byDate.get(date)
    byDate.set(date, { date, total: total + (known?.total ?? 0), orders: orders + (known?.orders ?? 0) })
  }
  const dates = [...byDate.keys()].sort()
  const first = dates[0]
  const last = dates.at(-1)
  if (first === undefined || last === undefined) return []

  const length = Math.min(most, Math.round((Date.parse(last) - Date.parse(first)) / dayMilliseconds) + 1)
  return Array.from({ length }, (_, index) => {
    const date = new Date(Date.parse(last) - (length - 1 - index) * dayMilliseconds).toISOString().slice(0, 10)
    return byDate.get(date) ?? { date, total: 0, orders: 0 }
  })
}

export function summarise(days: readonly SalesDay[]): SalesSummary {
  const total = days.reduce((sum, day) => sum + day.total, 0)
  const orders = days.reduce((sum, day) => sum + day.orders, 0)
  let best: SalesDay | undefined
  for (const day of days) if (day.total > 0 && day.total >= (best?.total ?? 0)) best = day
  return { total, orders, averageOrder: orders === 0 ? 0 : total / orders, ...(best && { best }) }
}

/** The mean of each value and the ones before it; `null` until `window` values are there. */
export function movingAverage(values: readonly number[], window: number): (number | null)[] {
  return values.map((_, index) => {
    if (index + 1 < window) return null
    return values.slice(index + 1 - window, index + 1).reduce((sum, value) => sum + value, 0) / window
  })
}
