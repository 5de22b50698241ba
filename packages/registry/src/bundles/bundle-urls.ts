import { packageLayout as layout } from '@plexica/manifest-schema'
import { RegistryError } from '../http/registry-error.ts'
import type { World } from '../world.ts'
import { expiryAt, signGrant } from './bundle-grant.ts'

type BundleWorld = Pick<World, 'config' | 'publicUrl' | 'now'>

/** A version whose files are to be given out. */
interface Bundle {
  readonly pluginId: string
  readonly version: string
  readonly visibility: string
}

/**
 * Gives the address of each file of a version to somebody who may see it: of private plugins one that is signed for this
 * tenant, null for owners and super-admins, and expires. Throws `private_unavailable` without a key to sign with.
 */
export function bundleUrls(world: BundleWorld, bundle: Bundle, tenantId: string | null): (path: string) => string {
  const address = addresses(world, bundle, tenantId)
  return (path) => (world.config.cdnUrl ?? world.publicUrl()) + address(path)
}

/**
 * Address of the page in which a version's components run by themselves. It is the registry's own also where there is a
 * CDN: its headers are what keeps the plugin in.
 */
export function sandboxUrl(world: BundleWorld, bundle: Bundle, tenantId: string | null): string {
  return world.publicUrl() + addresses(world, bundle, tenantId)(sandboxPage)
}

/** Beside the scripts, so that what it loads is relative to them. */
const sandboxPage = `${layout.distFolder}frame.html`

function addresses(
  world: BundleWorld,
  { pluginId, version, visibility }: Bundle,
  tenantId: string | null,
): (path: string) => string {
  if (visibility === 'public') return (path) => bundleAddress(pluginId, version, path)
  const grant = { pluginId, version, tenantId, expires: expiryAt(world.now()) }
  const signed = signGrant(requireSigningKey(world), grant)
  return (path) => bundleAddress(pluginId, version, path, `~${signed}/`)
}

/** Without the key a private plugin could be given to nobody. */
export function requireSigningKey({ config: { secretKey } }: Pick<World, 'config'>): Buffer {
  if (!secretKey) throw new RegistryError('private_unavailable')
  return secretKey
}

/**
 * The same below the registry's own address. The signature stands before the rest of the path: scripts import their
 * chunks relative to it, and a query would be lost.
 */
export function bundleAddress(pluginId: string, version: string, path: string, signed = ''): string {
  const name = path.startsWith(layout.distFolder) ? path.slice(layout.distFolder.length) : path
  return `/plugins/bundles/${signed}${pluginId}/v${version}/${name.split('/').map(encodeURIComponent).join('/')}`
}

/** The package's path of an address below `…/v:version/`: assets stand beside the scripts. */
export function packagePath(parts: readonly string[]): string {
  const path = parts.join('/')
  return path.startsWith(layout.assetsFolder) ? path : layout.distFolder + path
}
