import { createHash } from 'node:crypto'
import { daysBefore } from '../days.ts'
import type { CorpusRecord } from './corpus-record.ts'

/** Tenants that install and rate what is seeded: so many that none has more plugins than a customer would. */
const tenantCount = 2_000
/** Those of a kind share plugins, so that there is something to recommend. */
const neighbours = 150
/** Most tenants that have one seeded plugin. */
const mostInstalls = 20
const daysOfInstalls = 300
const daysOfPublishing = 900

export const seededTenants: readonly { id: string; name: string }[] = Array.from(
  { length: tenantCount },
  (_, index) => ({
    id: `seeded-${index + 1}`,
    name: `Seeded tenant ${index + 1}`,
  }),
)

/** What people made of a plugin. The same record gives the same. */
export interface Reception {
  readonly publishedAt: Date
  readonly installs: readonly { readonly tenantId: string; readonly at: Date; readonly stars: number | undefined }[]
}

/**
 * Who installed and rated a plugin, and when, up to now: the more downloads, the more tenants of its category; every
 * other one rates it, so that the mean comes as near to the record's rating as whole stars allow.
 */
export function receptionOf({ manifest, downloads, rating, name }: CorpusRecord, now: Date): Reception {
  const random = numbersFrom(name)
  const daysAgo = (days: number) => daysBefore(now, days)
  const age = 1 + random() * daysOfPublishing
  const popular = Math.round(4 * (Math.log10(downloads + 1) - 5))
  const count = Math.min(mostInstalls, Math.max(rating === undefined ? 0 : 1, popular))
  const ratings = rating === undefined ? 0 : Math.ceil(count / 2)
  const total = Math.round((rating ?? 0) * ratings)
  const first = Math.floor(numbersFrom(manifest.category)() * tenantCount)
  const chosen = new Set<number>()
  while (chosen.size < count) chosen.add((first + Math.floor(random() * neighbours)) % tenantCount)
  const installs = [...chosen].map((tenant, index) => ({
    tenantId: `seeded-${tenant + 1}`,
    at: daysAgo(random() * Math.min(age, daysOfInstalls)),
    stars: index < ratings ? Math.floor((total + index) / ratings) : undefined,
  }))
  return { publishedAt: daysAgo(age), installs }
}

/** Numbers from 0 to 1 that look random and are the same for the same text. */
function numbersFrom(text: string): () => number {
  let state = createHash('sha256').update(text).digest().readUInt32LE()
  return () => {
    // A linear congruential generator (Knuth's constants, 32 bits) is random enough here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
