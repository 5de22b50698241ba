import type { Notice, Quote } from './quote-answer.ts'

/** `Free` or the price in the reader's language (BCP 47; the browser's without one). */
export function priceInWords(price: string, currency: string, locale?: string): string {
  if (Number(price) === 0) return 'Free'
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(price))
}

export function timeInWords({ minDays, maxDays }: Pick<Quote, 'minDays' | 'maxDays'>): string {
  if (maxDays === 0) return 'Today'
  if (maxDays === 1) return 'Next working day'
  return minDays === maxDays ? `${maxDays} working days` : `${minDays}–${maxDays} working days`
}

/** The country's name in the reader's language, or its code where the browser has no name. */
export function countryName(code: string, locale?: string): string {
  return new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(code) ?? code
}

export const noticeWords: Record<Notice, string> = {
  'not-delivered': 'We do not deliver to this country yet.',
  'too-heavy': 'One of the articles is too heavy for a parcel. Please write to us for a price.',
  'carrier-unavailable': 'The carrier does not answer at the moment. These are our standard prices.',
}
