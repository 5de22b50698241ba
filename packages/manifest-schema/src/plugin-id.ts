import leven from 'leven'

/** Ids that are words of the product, of its addresses, or promises that no plugin may make. */
export const reservedIds: readonly string[] = [
  'admin',
  'api',
  'assets',
  'bundles',
  'docs',
  'health',
  'healthz',
  'help',
  'install',
  'keys',
  'latest',
  'login',
  'logout',
  'marketplace',
  'metrics',
  'moderation',
  'new',
  'official',
  'openapi',
  'owners',
  'platform',
  'plexica',
  'plugin',
  'plugins',
  'popular',
  'preflight',
  'publish',
  'puck',
  'ratings',
  'readyz',
  'recommended',
  'registry',
  'search',
  'security',
  'settings',
  'static',
  'submissions',
  'suggest',
  'support',
  'system',
  'tags',
  'tenants',
  'trending',
  'versions',
  'webhooks',
  'whoami',
]

/**
 * The form in which two ids that a reader takes for each other are the same: without hyphens and case, and with the
 * characters that look alike written as one: `0` as `o`; `1` and `i` as `l`; `rn` as `m`; `vv` as `w`.
 */
export function canonicalId(id: string): string {
  return id
    .toLowerCase()
    .replaceAll('-', '')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
}

const reserved = new Set(reservedIds.map(canonicalId))

/** Whether an id is a reserved word, or reads like one. */
export function isReservedId(id: string): boolean {
  return reserved.has(canonicalId(id))
}

/**
 * Those of the known ids that this one could be mistyped for, nearest first: one letter away, from eight letters on two.
 * Between ids of fewer than four letters everything is near, so they resemble nothing.
 */
export function resembledIds(id: string, known: readonly string[]): string[] {
  const canonical = canonicalId(id)
  const most = canonical.length < 4 ? 0 : canonical.length < 8 ? 1 : 2
  return known
    .map((other) => ({ other, distance: distanceWithin(most, canonical, canonicalId(other)) }))
    .filter(({ other, distance }) => other !== id && distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .map(({ other }) => other)
}

function distanceWithin(most: number, a: string, b: string): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  return leven(a, b, { maxDistance: most + 1 })
}
