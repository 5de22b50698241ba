export interface Format {
  /** `12,345` */
  readonly number: (value: number) => string
  /** `12K` */
  readonly compact: (value: number) => string
  /** `4.5` */
  readonly rating: (value: number) => string
  /** `12 %` of 0 to 1 */
  readonly percent: (share: number) => string
  /** `1.4 MB` of bytes */
  readonly bytes: (bytes: number) => string
  /** `12 ms` or `1.4 sec` of milliseconds */
  readonly milliseconds: (milliseconds: number) => string
  /** `€9.90` */
  readonly money: (amount: number, currency: string) => string
  /** `22 Nov 2026` of an ISO time */
  readonly date: (iso: string) => string
  /** `22 Nov` of a day in UTC */
  readonly day: (day: string) => string
  /** `22 Nov 2026` of a day in UTC */
  readonly fullDay: (day: string) => string
  /** `22 Nov 2026, 14:05` of an ISO time */
  readonly time: (iso: string) => string
  /** `3 days ago` of an ISO time */
  readonly ago: (iso: string, now?: number) => string
  /** `a, b and c` */
  readonly list: (items: readonly string[]) => string
}

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

export function formatFor(language: string): Format {
  const number = new Intl.NumberFormat(language)
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const rating = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const fullDay = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  const size = (unit: string, unitDisplay: 'long' | 'short' = 'short') =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 })
  const [short, long] = [size('millisecond'), size('second')]
  const sizes = [size('byte', 'long'), size('kilobyte'), size('megabyte'), size('gigabyte')]
  return {
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    rating: (value) => rating.format(value),
    percent: (share) => percent.format(share),
    bytes: (bytes) => {
      const step = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
      return (sizes[step] ?? number).format(bytes / 1000 ** step)
    },
    milliseconds: (milliseconds) =>
      milliseconds < 1_000 ? short.format(milliseconds) : long.format(milliseconds / 1_000),
    money: (amount, currency) => new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount),
    date: (iso) => date.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    fullDay: (iso) => fullDay.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    ago: (iso, now = Date.now()) => {
      const seconds = (Date.parse(iso) - now) / 1000
      const [unit, length] = units.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1]
      return relative.format(Math.trunc(seconds / length), unit)
    },
    list: (items) => list.format(items),
  }
}
