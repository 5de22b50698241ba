import type { VersionState } from '@plexica/api'
import type { Pricing } from '@plexica/manifest-schema/validate'

/** `free`, `9 EUR/month`. */
export function priceText(pricing: Pricing): string {
  if (pricing.type === 'free') return 'free'
  const { amount, currency, interval } = pricing
  return `${amount} ${currency}${interval === 'once' ? '' : `/${interval}`}`
}

/** `4.5 (12)`, or nothing where nobody has rated. */
export function ratingText({ averageRating, ratingCount }: { averageRating: number; ratingCount: number }): string {
  return ratingCount === 0 ? '' : `${averageRating.toFixed(1)} (${ratingCount})`
}

/** The states of a version as people say them. */
export const stateWords: Record<VersionState, string> = {
  draft: 'draft',
  pending_review: 'in review',
  published: 'published',
  rejected: 'rejected',
  yanked: 'yanked',
}
