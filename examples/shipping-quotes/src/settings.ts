import * as v from 'valibot'

const country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))
const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))
const text = v.pipe(v.string(), v.trim())

/** The configuration with the manifest's defaults. An unusable value gives its default: a checkout must not stop. */
const Settings = v.object({
  /** Secret: only the backend gets it. Empty means fixed prices. */
  carrierApiKey: v.fallback(text, ''),
  carrierAccount: v.fallback(text, ''),
  originCountry: v.fallback(country, 'DE'),
  originPostalCode: v.fallback(text, ''),
  countries: v.fallback(v.pipe(v.array(country), v.minLength(1)), ['DE', 'AT', 'CH', 'FR', 'NL', 'GB', 'US']),
  currency: v.fallback(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), 'EUR'),
  firstKilogram: v.fallback(amount, 4.9),
  furtherKilogram: v.fallback(amount, 0.8),
  expressSurcharge: v.fallback(amount, 6),
  handlingFee: v.fallback(amount, 0),
  freeFrom: v.fallback(amount, 0),
})
export type Settings = v.InferOutput<typeof Settings>

export function readSettings(configuration: Readonly<Record<string, unknown>>): Settings {
  return v.parse(Settings, configuration)
}
