import type { Db } from '../db/tables.ts'
import { RegistryError } from '../http/registry-error.ts'
import type { Viewer } from '../plugins/visibility.ts'
import { requireKept } from '../publishing/package-blob.ts'
import { type BundleRow, findBundle } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { readGrant } from './bundle-grant.ts'
import { requireSigningKey } from './bundle-urls.ts'

interface Named {
  readonly pluginId: string
  readonly version: string
}

/** A published version whose files are there. Throws `version_not_found`, `package_removed`. */
export async function requireBundle(db: Db, { pluginId, version }: Named, viewer: Viewer): Promise<BundleRow> {
  const bundle = await findBundle(db, pluginId, version, viewer)
  if (!bundle) throw new RegistryError('version_not_found', `${pluginId} has no published version ${version}.`)
  requireKept(bundle, { pluginId, version })
  return bundle
}

/**
 * For whom an address of a private plugin was signed, and for how many seconds it still holds. Throws `address_invalid`,
 * `address_expired`, and `private_unavailable` without a key.
 */
export function readAddress(
  world: Pick<World, 'config' | 'now'>,
  params: Named & { readonly signed: string },
): { viewer: Viewer; seconds: number } {
  const grant = readGrant(requireSigningKey(world), params.signed, params)
  if (!grant) throw new RegistryError('address_invalid')
  const seconds = grant.expires - Math.floor(world.now().getTime() / 1000)
  if (seconds <= 0) {
    const at = new Date(grant.expires * 1000).toISOString()
    throw new RegistryError('address_expired', `The address was valid until ${at}.`)
  }
  const { tenantId } = grant
  // What was granted when the address was made may have been taken back since.
  return { viewer: tenantId === null ? { kind: 'everything' } : { kind: 'tenant', tenantId }, seconds }
}
