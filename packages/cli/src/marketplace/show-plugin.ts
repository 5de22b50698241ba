import type { Outcome } from '../command.ts'
import type { InfoInput } from '../commands/info.ts'
import { connect } from '../connect.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings.ts'
import { bytesText, printable } from '../style.ts'
import { priceText, ratingText } from './listing-text.ts'
import { readPluginName } from './plugin-name.ts'

/** The plugin's listing and one of its versions. */
export async function showPlugin(input: InfoInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const { pluginId, version = 'latest' } = readPluginName(input.plugin)
  const settings = readSettings({ folder: cwd, env, options: input })
  const client = connect(context, settings)
  const [plugin, detail] = await Promise.all([
    client.getPlugin({ params: { pluginId }, signal }),
    client.getVersion({ params: { pluginId, version }, signal }),
  ])
  const { say, style, table } = console
  const { manifest } = detail
  say(
    `${style.bold(printable(plugin.name))}  ${pluginId} ${detail.version}${detail.state === 'published' ? '' : ` (${detail.state})`}`,
  )
  say(printable(plugin.description))
  say()
  table(
    [
      ['author', plugin.author.name],
      ['license', plugin.license],
      ['price', priceText(plugin.pricing)],
      ['rating', ratingText(plugin)],
      ['installs', String(plugin.installCount)],
      ['category', [plugin.category, ...plugin.tags].join(', ')],
      ['platform', manifest.engines.plexica],
      ['asks for', manifest.requiredPermissions?.join(', ') ?? ''],
      ['contacts', manifest.network?.join(', ') ?? ''],
      ['package', bytesText(detail.packedBytes)],
      ['digest', detail.digest],
      ['homepage', plugin.homepage ?? ''],
      ['repository', plugin.repository ?? ''],
    ].filter(([, value]) => value !== ''),
  )
  if (detail.changelog) say(`\n${printable(detail.changelog).trim()}`)
  return { answer: { plugin, version: detail } }
}
