import * as v from 'valibot'

const millimetres = v.pipe(
  v.number('must be a number'),
  v.minValue(1, 'must be at least 1'),
  v.maxValue(10_000, 'must be at most 10000'),
)

const Item = v.object({
  quantity: v.pipe(
    v.number('must be a number'),
    v.integer('must be whole'),
    v.minValue(1, 'must be at least 1'),
    v.maxValue(1_000, 'must be at most 1000'),
  ),
  /** Of one piece. */
  weightGrams: v.pipe(
    v.number('must be a number'),
    v.minValue(0, 'must not be negative'),
    v.maxValue(1_000_000, 'must be at most 1000000'),
  ),
  /** Of one packed piece, all three or none. */
  size: v.optional(v.object({ lengthMm: millimetres, widthMm: millimetres, heightMm: millimetres })),
})
export type Item = v.InferOutput<typeof Item>

/** What the checkout asks. Every key that is not named here is ignored. */
export const QuoteRequest = v.object({
  destination: v.object({
    country: v.pipe(
      v.string('must be text'),
      v.trim(),
      v.toUpperCase(),
      v.regex(/^[A-Z]{2}$/, 'must be a country code of two letters (ISO 3166-1)'),
    ),
    postalCode: v.pipe(
      v.string('must be text'),
      v.trim(),
      v.toUpperCase(),
      v.regex(/^[A-Z0-9][A-Z0-9 -]{1,9}$/, 'must be a postal code of 2 to 10 letters, digits, spaces and dashes'),
    ),
  }),
  items: v.pipe(
    v.array(Item, 'must be a list'),
    v.minLength(1, 'must not be empty'),
    v.maxLength(200, 'must have at most 200 entries'),
  ),
  /** What the goods cost, in units of the currency, as text so that no cent is lost. */
  subtotal: v.pipe(v.string('must be text'), v.regex(/^\d{1,9}(?:\.\d{1,4})?$/, 'must be an amount such as "49.90"')),
  currency: v.pipe(
    v.string('must be text'),
    v.regex(/^[A-Z]{3}$/, 'must be a currency code of three letters (ISO 4217)'),
  ),
})
export type QuoteRequest = v.InferOutput<typeof QuoteRequest>

export interface Problem {
  /** Where in the request, e.g. `items.0.quantity`. */
  path: string
  message: string
}

export type ReadRequest = { request: QuoteRequest } | { problems: Problem[] }

/** The request, or everything that is wrong with it. */
export function readRequest(input: unknown): ReadRequest {
  const result = v.safeParse(QuoteRequest, input)
  if (result.success) return { request: result.output }
  return {
    problems: result.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '',
      // Our own sentences begin with `must`; a missing key has none.
      message: issue.message.startsWith('must') ? issue.message : 'is missing or has the wrong form',
    })),
  }
}
