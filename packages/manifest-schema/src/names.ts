import Type from 'typebox'

/** `^[a-z][a-z0-9-]{1,62}$`: fits a DNS label, a folder and a URL without escaping. */
export const pluginIdPattern = '^[a-z][a-z0-9-]{1,62}$'
/** Semantic version 2.0.0 (semver.org), without a leading `v`. */
export const versionPattern =
  '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$'
/** `sha256-` and the 64 hex digits of the SHA-256 of a package's uncompressed tar. */
export const digestPattern = '^sha256-[0-9a-f]{64}$'

export const PluginId = Type.String({ pattern: pluginIdPattern, description: 'Id of the plugin' })
export const Version = Type.String({ pattern: versionPattern, maxLength: 128, description: 'Semantic version' })
export const Digest = Type.String({ pattern: digestPattern, description: 'Digest of the uncompressed package' })
export const TenantId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'Id of the tenant' })
/** `resource:action`, e.g. `orders:read`. */
export const Permission = Type.String({
  pattern: '^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)+$',
  maxLength: 100,
  description: 'A named thing that a plugin may do',
})
/** A dotted or dashed name, e.g. `dashboard.widgets`. The name `puck` is the page editor. */
export const ExtensionPointName = Type.String({
  pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*$',
  maxLength: 100,
  description: 'A named place in the platform where a component may appear',
})
