export interface SalesDay {
  /** `YYYY-MM-DD` in the shop's own calendar. */
  date: string
  /** In euros. */
  total: number
  orders: number
}

export const MAX_DAYS = 90

/** Sunday first. People buy for their homes at the weekend. */
const weekdays = [1.3, 0.8, 0.82, 0.9, 1, 1.08, 1.38]

/** The sales up to today, oldest first. The same day has the same sales at every visit. */
export function lastDays(count: number, today: Date): SalesDay[] {
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - index))
    return salesOf(day)
  })
}

function salesOf(day: Date): SalesDay {
  const number = Math.round(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / 86_400_000)
  const chance = chances(number)
  const season = 1 + 0.16 * Math.sin(number / 17) + 0.07 * Math.sin(number / 5.3)
  // A newsletter goes out every other Thursday.
  const newsletter = number % 14 === 0 ? 1.45 : number % 14 === 1 ? 1.2 : 1
  const orders = Math.round(26 * (weekdays[day.getDay()] ?? 1) * season * newsletter * (0.86 + 0.28 * chance()))
  const average = 54 + 14 * chance()
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
  return { date, orders, total: Math.round(orders * average * 100) / 100 }
}

/** Numbers from 0 to 1 that follow from the seed (mulberry32, public domain). */
function chances(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
