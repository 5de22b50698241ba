import { missingForFree, priceRates } from './estimate.ts'
import { fetchCarrierRates } from './fetch-carrier-rates.ts'
import { fixedRates, type Rate } from './fixed-rates.ts'
import { packParcels } from './parcels.ts'
import type { Notice, Quote, QuoteAnswer } from './quote-answer.ts'
import { readRequest } from './quote-request.ts'
import { readSettings } from './settings.ts'

/** What the platform hands to every route of a backend, as far as this one needs it. */
export interface BackendContext {
  /** With the secret values, which the pages never get. */
  configuration: Readonly<Record<string, unknown>>
  /** Reaches the hosts under `network` in the manifest, and no others. */
  fetch: typeof globalThis.fetch
}

/** Prices and times for one cart and one address. Asked by the pages as `shipping:quote`. */
async function estimate(input: unknown, context: BackendContext): Promise<QuoteAnswer> {
  const read = readRequest(input)
  if ('problems' in read) {
    return {
      error: {
        code: 'invalid-request',
        message: 'The request for delivery prices is not complete.',
        fix: 'Correct what is listed under problems.',
        problems: read.problems,
      },
    }
  }
  const { request } = read
  const settings = readSettings(context.configuration)
  if (request.currency !== settings.currency) {
    return {
      error: {
        code: 'other-currency',
        message: `The cart is in ${request.currency}, the delivery prices are in ${settings.currency}.`,
        fix: `Choose ${request.currency} in the configuration of Shipping Quotes, or a shop currency of ${settings.currency}.`,
        problems: [],
      },
    }
  }
  const { country } = request.destination
  if (!settings.countries.includes(country)) return { quotes: [], notice: 'not-delivered' }
  const parcels = packParcels(request.items)
  if (parcels === 'too-heavy') return { quotes: [], notice: 'too-heavy' }

  const price = (rates: readonly Rate[], source: Quote['source'], notice?: Notice): QuoteAnswer => {
    const quotes = priceRates(rates, source, request.subtotal, settings)
    const missing = missingForFree(quotes, request.subtotal, settings)
    return { quotes, ...(notice && { notice }), ...(missing && { missingForFree: missing }) }
  }
  if (settings.carrierApiKey === '') return price(fixedRates(parcels, country, settings), 'fixed')
  const live = await fetchCarrierRates(context.fetch, settings, request, parcels).catch(() => [])
  if (live.length > 0) return price(live, 'carrier')
  return price(fixedRates(parcels, country, settings), 'fixed', 'carrier-unavailable')
}

export const routes = {
  'POST /estimate': async (request: { body: unknown }, context: BackendContext) => ({
    body: await estimate(request.body, context),
  }),
}
