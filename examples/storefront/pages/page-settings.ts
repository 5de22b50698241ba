export const pageNames = ['storefront', 'admin', 'editor'] as const
export type PageName = (typeof pageNames)[number]

/** What the server hands to a page, as JSON in its HTML. */
export interface PageSettings {
  page: PageName
  /** Origin of the registry. */
  registry: string
  tenant: string
  /** For the registry and for the shop's own interface; lasts minutes. */
  token: string
  /** The same at every visit: who gets which configuration of an A/B experiment hangs on it. */
  visitor: string
}
