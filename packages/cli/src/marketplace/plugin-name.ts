import { pluginIdPattern, versionPattern } from '@plexica/manifest-schema/validate'
import { failure } from '../failure.ts'

/** Takes `sales-chart` or `sales-chart@^1.2.0` apart. */
export function readPluginName(name: string): { pluginId: string; version: string | undefined } {
  const [pluginId = '', ...rest] = name.split('@')
  const version = rest.join('@') || undefined
  if (new RegExp(pluginIdPattern).test(pluginId)) return { pluginId, version }
  throw failure('usage_invalid', `\`${pluginId}\` is not the id of a plugin.`, {
    fix: 'Write an id such as sales-chart, or sales-chart@1.2.0; `plexica search` finds them.',
  })
}

/** The id of a plugin as a whole, where a version would say nothing. */
export function onlyPlugin(name: string): string {
  const { pluginId, version } = readPluginName(name)
  if (version === undefined) return pluginId
  throw failure('usage_invalid', 'This is about the plugin, not about one of its versions.', {
    fix: `Write ${pluginId}.`,
  })
}

/** Takes `sales-chart@1.2.0` apart. Throws a usage failure for a name without an exact version. */
export function readVersionName(name: string): { pluginId: string; version: string } {
  const { pluginId, version } = readPluginName(name)
  if (version !== undefined && new RegExp(versionPattern).test(version)) return { pluginId, version }
  throw failure('usage_invalid', `\`${name}\` does not name one version.`, {
    fix: 'Write the plugin and its exact version, such as sales-chart@1.2.0.',
  })
}
