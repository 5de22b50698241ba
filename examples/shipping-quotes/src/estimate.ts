import Big from 'big.js'
import type { Rate } from './fixed-rates.ts'
import { money } from './money.ts'
import type { Quote } from './quote-answer.ts'
import type { Settings } from './settings.ts'

/** The service that becomes free from the configured subtotal on. */
const freeService = 'standard'

/** What the customer pays for each rate: the fee for packing added, standard free from the configured subtotal on; cheapest first. */
export function priceRates(
  rates: readonly Rate[],
  source: Quote['source'],
  subtotal: string,
  { handlingFee, freeFrom, currency }: Settings,
): Quote[] {
  const free = freeFrom > 0 && new Big(subtotal).gte(freeFrom)
  return rates
    .map((rate) => ({
      ...rate,
      amount: free && rate.id === freeService ? new Big(0) : rate.amount.plus(handlingFee),
    }))
    .sort((a, b) => a.amount.cmp(b.amount) || a.maxDays - b.maxDays)
    .map(({ id, name, amount, minDays, maxDays }) => ({
      id,
      name,
      price: money(amount, currency),
      currency,
      minDays,
      maxDays,
      source,
    }))
}

/** What is missing until {@link freeService} is free; nothing when it never is, already is, or is not offered. */
export function missingForFree(
  quotes: readonly Quote[],
  subtotal: string,
  { freeFrom, currency }: Settings,
): string | undefined {
  if (freeFrom === 0 || !quotes.some((quote) => quote.id === freeService)) return undefined
  const missing = new Big(freeFrom).minus(subtotal)
  return missing.gt(0) ? money(missing, currency) : undefined
}
