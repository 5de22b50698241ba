export interface Delivery {
  country: string
  grams: number
  /** In euros. */
  subtotal: number
}

const FREE_FROM = 150
const MAX_GRAMS = 30_000

/** Where parcels go, what each costs for a start and per kilogram in euros, and how many working days they take. */
const zones = [
  { countries: ['DE'], start: 4.9, kilogram: 0.45, days: [2, 3], express: [1, 1] },
  { countries: ['AT', 'NL', 'FR', 'BE', 'LU', 'DK', 'PL'], start: 8.9, kilogram: 0.9, days: [3, 5], express: [1, 2] },
  { countries: ['CH', 'GB', 'NO'], start: 14.9, kilogram: 1.8, days: [4, 7], express: [2, 3] },
] as const

export const deliveryCountries = zones.flatMap(({ countries }) => countries)

/** Prices and times as a carrier would answer, cheapest first. */
export function quoteDelivery({ country, grams, subtotal }: Delivery) {
  const zone = zones.find(({ countries }) => countries.some((known) => known === country))
  if (!zone) return { quotes: [], notice: 'not-delivered' }
  if (grams > MAX_GRAMS) return { quotes: [], notice: 'too-heavy' }
  const standard = zone.start + (zone.kilogram * grams) / 1000
  const free = subtotal >= FREE_FROM
  const quote = (id: string, name: string, price: number, [minDays, maxDays]: readonly [number, number]) => {
    return { id, name, price: price.toFixed(2), currency: 'EUR', minDays, maxDays, source: 'carrier' }
  }
  return {
    quotes: [
      quote('standard', 'Coastline Standard', free ? 0 : standard, zone.days),
      quote('express', 'Coastline Express', standard + 6.5, zone.express),
    ],
    ...(!free && { missingForFree: (FREE_FROM - subtotal).toFixed(2) }),
  }
}
