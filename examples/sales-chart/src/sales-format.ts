import type { SalesDay, SalesSummary } from './sales.ts'

/** The words and numbers of the card in one language and currency. */
export interface SalesFormat {
  money(amount: number): string
  /** Short, for the axis: `€1.2K`. */
  axis(amount: number): string
  count(orders: number): string
  /** `12 Nov` */
  day(date: string): string
  /** `Thursday 12 November` */
  fullDay(date: string): string
  /** `12 – 18 Nov 2026` */
  span(first: string, last: string): string
}

/** `locale` is a BCP 47 tag; without one the browser's language counts. Dates stay the shop's own, so no time zone moves them. */
export function salesFormat(currency: string, locale?: string): SalesFormat {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const axis = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  })
  const count = new Intl.NumberFormat(locale)
  const day = dates(locale, { day: 'numeric', month: 'short' })
  const fullDay = dates(locale, { weekday: 'long', day: 'numeric', month: 'long' })
  const span = dates(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  return {
    money: (amount) => money.format(amount),
    axis: (amount) => axis.format(amount),
    count: (orders) => count.format(orders),
    day: (date) => day.format(Date.parse(date)),
    fullDay: (date) => fullDay.format(Date.parse(date)),
    span: (first, last) => span.formatRange(Date.parse(first), Date.parse(last)),
  }
}

/** One day in words, for the keyboard and the screen reader. */
export function dayInWords({ date, total, orders }: SalesDay, format: SalesFormat): string {
  return `${format.fullDay(date)}: ${format.money(total)}, ${ordersInWords(orders, format)}`
}

/** The whole chart in one sentence: its text alternative. */
export function chartInWords(days: readonly SalesDay[], summary: SalesSummary, format: SalesFormat): string {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return 'No sales.'
  const best = summary.best ? ` Best day: ${dayInWords(summary.best, format)}.` : ''
  return `Bar chart of sales per day, ${format.span(first.date, last.date)}. Total ${format.money(summary.total)}, ${ordersInWords(summary.orders, format)}.${best}`
}

function ordersInWords(orders: number, format: SalesFormat): string {
  return `${format.count(orders)} ${orders === 1 ? 'order' : 'orders'}`
}

function dates(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
}
