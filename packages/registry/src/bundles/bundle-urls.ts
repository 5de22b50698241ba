import { packageLayout as layout } from '@plexica/manifest-schema'
import type { World } from '../world.ts'

/** Address of a package's file for browsers, on the CDN where there is one. `path` is the one in the package. */
export function bundleUrl(
  world: Pick<World, 'config' | 'publicUrl'>,
  pluginId: string,
  version: string,
  path: string,
): string {
  return (world.config.cdnUrl ?? world.publicUrl()) + bundleAddress(pluginId, version, path)
}

/** The same below the registry's own address. */
export function bundleAddress(pluginId: string, version: string, path: string): string {
  const name = path.startsWith(layout.distFolder) ? path.slice(layout.distFolder.length) : path
  return `/plugins/bundles/${pluginId}/v${version}/${name.split('/').map(encodeURIComponent).join('/')}`
}

/** The package's path of an address below `…/v:version/`: assets stand beside the scripts. */
export function packagePath(parts: readonly string[]): string {
  const path = parts.join('/')
  return path.startsWith(layout.assetsFolder) ? path : layout.distFolder + path
}
