import type { Client } from '@plexica/api'
import { printable } from '../style.ts'

/** A permission as people read it: `orders:read – See totals and numbers of orders`. */
export interface NamedPermission {
  readonly name: string
  /** Empty where the registry does not know the permission. */
  readonly description: string
}

/** The platform's own words for permissions. */
export async function describePermissions(
  client: Client,
  permissions: readonly string[],
  signal: AbortSignal,
): Promise<NamedPermission[]> {
  if (permissions.length === 0) return []
  const known = await client.getPlatform({ signal }).catch(() => undefined)
  signal.throwIfAborted()
  const words = new Map(known?.permissions.map(({ name, description }) => [name, description]))
  return permissions.map((name) => ({ name, description: words.get(name) ?? '' }))
}

export function permissionText({ name, description }: NamedPermission): string {
  return printable(description === '' ? name : `${name} – ${description}`)
}
