/** How many days the card can show. */
export const ranges = [7, 30, 90] as const
export type Range = (typeof ranges)[number]

/** The tenant's configuration, see `configSchema` in the manifest. */
export interface Settings {
  /** ISO 4217. */
  currency: string
  /** `#rrggbb` */
  colour: string
  defaultRange: Range
}

export const defaults: Settings = { currency: 'EUR', colour: '#0f766e', defaultRange: 30 }

/** What the tenant wrote, and the default wherever that is missing or unusable: a card is no place for a form error. */
export function readSettings(configuration: Readonly<Record<string, unknown>>): Settings {
  const { currency, colour, defaultRange } = configuration
  return {
    currency: typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : defaults.currency,
    colour: typeof colour === 'string' && /^#[0-9a-f]{6}$/i.test(colour) ? colour : defaults.colour,
    defaultRange: ranges.find((range) => range === defaultRange) ?? defaults.defaultRange,
  }
}
