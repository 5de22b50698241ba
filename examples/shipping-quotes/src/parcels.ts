import type { Item } from './quote-request.ts'

/** The usual limit of a parcel that one person carries. */
export const parcelGrams = 30_000
/** Carriers weigh in steps of half a kilogram. */
const stepGrams = 500
/** Cubic millimetres that count as one gram: the usual 5000 cm³ per kilogram. */
const volumeDivisor = 5_000

/** What one piece counts as: light things in large boxes take the room of heavy ones. */
export function billableGrams({ weightGrams, size }: Item): number {
  if (!size) return weightGrams
  return Math.max(weightGrams, (size.lengthMm * size.widthMm * size.heightMm) / volumeDivisor)
}

/** The parcels' weights in grams, as even as can be; `too-heavy` when one piece is more than a parcel may weigh. */
export function packParcels(items: readonly Item[]): number[] | 'too-heavy' {
  if (items.some((item) => billableGrams(item) > parcelGrams)) return 'too-heavy'
  const total = items.reduce((sum, item) => sum + billableGrams(item) * item.quantity, 0)
  const count = Math.max(1, Math.ceil(total / parcelGrams))
  const each = Math.max(stepGrams, Math.ceil(total / count / stepGrams) * stepGrams)
  return Array.from({ length: count }, () => each)
}
