import type { Refusal } from '../auth/policy.ts'

/** Owners of one plugin; a larger group shares a key. */
export const mostOwners = 50

/** Why this person cannot become an owner; undefined when they can, or are one. */
export function addingRefusal(owners: readonly string[], subject: string): Refusal | undefined {
  if (owners.includes(subject) || owners.length < mostOwners) return undefined
  return { code: 'too_many_owners', detail: `The plugin has ${owners.length} owners.` }
}

/** Why the plugin cannot be taken from this person; undefined when it can. */
export function removingRefusal(owners: readonly string[], subject: string): Refusal | undefined {
  if (!owners.includes(subject)) return { code: 'owner_not_found', detail: `${subject} is no owner of the plugin.` }
  if (owners.length > 1) return undefined
  return { code: 'last_owner', detail: `${subject} is the plugin’s only owner.` }
}
