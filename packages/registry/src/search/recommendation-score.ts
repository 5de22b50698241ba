/** Installs below which a plugin is not taken for rare: a few tenants are no pattern. */
const few = 10

/**
 * How much a plugin belongs to what a tenant has: of the tenants most like it, how many have the plugin, damped by how
 * many have it in all. What everybody has says little about anybody.
 */
export function recommendationScore({ peers, installs }: { peers: number; installs: number }): number {
  return peers / Math.sqrt(installs + few)
}
