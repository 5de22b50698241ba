import Type from 'typebox'
import { forms } from './forms.ts'

export const PluginId = Type.String({ pattern: forms.pluginId.pattern, description: 'Id of the plugin' })
export const Version = Type.String({ pattern: forms.version.pattern, maxLength: 128, description: 'Semantic version' })
export const Digest = Type.String({ pattern: forms.digest.pattern, description: 'Digest of the uncompressed package' })
export const TenantId = Type.String({ pattern: forms.tenantId.pattern, description: 'Id of the tenant' })
/** `resource:action`, e.g. `orders:read`. */
export const Permission = Type.String({
  pattern: forms.permission.pattern,
  maxLength: 100,
  description: 'A named thing that a plugin may do, e.g. `orders:read`',
})
/** A dotted or dashed name, e.g. `dashboard.widgets`. The name `puck` is the page editor. */
export const ExtensionPointName = Type.String({
  pattern: forms.extensionPoint.pattern,
  maxLength: 100,
  description: 'A named place in the platform where a component may appear, e.g. `dashboard.widgets`',
})
/** A dotted name of something that happens in the platform, e.g. `order.paid`. */
export const HookName = Type.String({
  pattern: forms.extensionPoint.pattern,
  maxLength: 100,
  description: 'An occasion on which the platform calls backends, e.g. `order.paid`',
})
/** A name that moves from version to version, e.g. `beta`; `latest` is the one that is meant without a name. */
export const Channel = Type.String({ pattern: forms.channel.pattern, description: 'Channel of versions, e.g. `beta`' })
