import Big from 'big.js'
import * as v from 'valibot'
import type { Rate } from './fixed-rates.ts'
import type { QuoteRequest } from './quote-request.ts'
import type { Settings } from './settings.ts'

/** The host stands in the manifest under `network`; the platform lets this plugin reach no other. */
const ratesAddress = 'https://api.carrier.example/v2/rates'
/** A customer waits this long for a live price, then gets the fixed one. */
const patienceMilliseconds = 4_000

const days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365))
const CarrierAnswer = v.object({
  rates: v.pipe(
    v.array(
      v.object({
        service: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
        name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
        amount: v.pipe(v.string(), v.regex(/^\d{1,6}(?:\.\d{1,4})?$/)),
        currency: v.string(),
        minDays: days,
        maxDays: days,
      }),
    ),
    v.maxLength(50),
  ),
})

/**
 * Asks the carrier for its prices. Those in another currency are left out, because converting is the shop's business.
 *
 * @throws when the carrier is slow, away, refuses the key or answers something else than rates.
 */
export async function fetchCarrierRates(
  fetch: typeof globalThis.fetch,
  settings: Settings,
  { destination }: QuoteRequest,
  parcels: readonly number[],
): Promise<Rate[]> {
  const response = await fetch(ratesAddress, {
    method: 'POST',
    headers: { authorization: `Bearer ${settings.carrierApiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      account: settings.carrierAccount,
      from: { country: settings.originCountry, postalCode: settings.originPostalCode },
      to: destination,
      parcels: parcels.map((weightGrams) => ({ weightGrams })),
    }),
    signal: AbortSignal.timeout(patienceMilliseconds),
  })
  if (!response.ok) throw new Error(`The carrier answered ${response.status}.`)
  const { rates } = v.parse(CarrierAnswer, await response.json())
  return rates
    .filter((rate) => rate.currency === settings.currency)
    .map(({ service, name, amount, minDays, maxDays }) => ({
      id: service,
      name,
      amount: new Big(amount),
      minDays: Math.min(minDays, maxDays),
      maxDays: Math.max(minDays, maxDays),
    }))
}
