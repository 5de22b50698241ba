import * as v from 'valibot'

const Quote = v.object({
  id: v.string(),
  name: v.string(),
  /** In units of the currency, with its number of decimals: `"4.90"`. */
  price: v.pipe(v.string(), v.regex(/^\d+(?:\.\d+)?$/)),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  /** Working days from today. */
  minDays: v.number(),
  maxDays: v.number(),
  /** Who made the price: the carrier just now, or the shop's own table. */
  source: v.picklist(['carrier', 'fixed']),
})
export type Quote = v.InferOutput<typeof Quote>

/** Why there are no quotes, or not the best. */
const Notice = v.picklist(['not-delivered', 'too-heavy', 'carrier-unavailable'])
export type Notice = v.InferOutput<typeof Notice>

/** What the backend answers. A request that it cannot use is an answer too, with all that is wrong. */
export const QuoteAnswer = v.union([
  v.object({
    quotes: v.array(Quote),
    notice: v.optional(Notice),
    /** What is missing from the subtotal until standard delivery is free. */
    missingForFree: v.optional(v.string()),
  }),
  v.object({
    error: v.object({
      code: v.picklist(['invalid-request', 'other-currency']),
      message: v.string(),
      fix: v.string(),
      problems: v.array(v.object({ path: v.string(), message: v.string() })),
    }),
  }),
])
export type QuoteAnswer = v.InferOutput<typeof QuoteAnswer>
