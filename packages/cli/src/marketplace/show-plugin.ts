import type { PluginDetail, VersionAdvisory, VersionDetail, VersionSummary } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { InfoInput } from '../commands/info.ts'
import { connect } from '../connect.ts'
import type { Console } from '../console.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings.ts'
import { bytesText, countText, printable } from '../style.ts'
import { priceText, ratingText, stateWords } from './listing-text.ts'
import { describePermissions, type NamedPermission, permissionText } from './permission-text.ts'
import { readPluginName } from './plugin-name.ts'

/** So many of the highest versions are shown; `plexica versions` lists all. */
const shownVersions = 5

/** The plugin's listing and one of its versions. */
export async function showPlugin(input: InfoInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const { pluginId, version = 'latest' } = readPluginName(input.plugin)
  const client = connect(context, readSettings({ folder: cwd, env, options: input }))
  const params = { pluginId, version }
  const query = { take: shownVersions }
  const [plugin, detail, versions, advisories] = await Promise.all([
    client.getPlugin({ params: { pluginId }, signal }),
    client.getVersion({ params, signal }),
    client.listVersions({ params: { pluginId }, query, signal }),
    client.listVersionAdvisories({ params, query: { take: 100 }, signal }),
  ])
  const permissions = await describePermissions(client, detail.manifest.requiredPermissions ?? [], signal)
  const { say, prose, style, note } = console
  const state = detail.state === 'published' ? '' : ` (${detail.state})`
  say(`${style.bold(printable(plugin.name))}  ${pluginId} ${detail.version}${state}`)
  prose(plugin.description)
  if (plugin.deprecation) say(style.yellow(deprecationText(plugin.deprecation)))
  say()
  showFacts(plugin, detail, permissions, console)
  showVersions(versions.versions, versions.total, console)
  showAdvisories(advisories.advisories, console)
  if (detail.changelog) {
    say(`\n${style.bold(`New in ${detail.version}`)}`)
    prose(detail.changelog.trim())
  }
  if (detail.state === 'published') note(`\n\`plexica install ${input.plugin}\` installs it for a tenant.`)
  return {
    answer: { plugin, version: detail, versions: versions.versions, permissions, advisories: advisories.advisories },
  }
}

function deprecationText({ reason, successor }: NonNullable<PluginDetail['deprecation']>): string {
  return `Deprecated: ${printable(reason)}${successor === null ? '' : ` Use ${successor} instead.`}`
}

function showFacts(
  plugin: PluginDetail,
  { manifest, quality, packedBytes, digest }: VersionDetail,
  permissions: readonly NamedPermission[],
  { table }: Console,
): void {
  const { network = [] } = manifest
  table(
    [
      ['author', plugin.author.name],
      ['license', plugin.license],
      ['price', priceText(plugin.pricing)],
      ['rating', ratingText(plugin)],
      ['installs', String(plugin.installCount)],
      ['category', [...new Set([plugin.category, ...plugin.tags])].join(', ')],
      ['platform', manifest.engines.plexica],
      ...permissions.map((one, at) => [at === 0 ? 'asks for' : '', permissionText(one)]),
      ...network.map((host, at) => [at === 0 ? 'contacts' : '', host]),
      ['quality', `${quality.score}/${quality.outOf}`],
      ['package', bytesText(packedBytes)],
      ['digest', digest],
      ['homepage', plugin.homepage ?? ''],
      ['repository', plugin.repository ?? ''],
    ].filter(([, value]) => value !== ''),
  )
}

function showVersions(versions: readonly VersionSummary[], total: number, { say, style, table }: Console): void {
  say(`\n${style.bold('Versions')}`)
  table(
    versions.map((one) => [
      one.version,
      one.channels.join(', '),
      (one.publishedAt ?? one.createdAt).slice(0, 10),
      one.state === 'published' ? '' : stateWords[one.state],
    ]),
  )
  if (total > versions.length) say(`and ${total - versions.length} more: \`plexica versions\``)
}

function showAdvisories(advisories: readonly VersionAdvisory[], { say, style, table }: Console): void {
  if (advisories.length === 0) return
  say(`\n${style.red(style.bold(countText(advisories.length, 'security advisory', 'security advisories')))}`)
  table(
    advisories.map((one) => [
      one.id,
      one.severity ?? '',
      `${one.package} ${one.packageVersion}`,
      one.fixedIn === null ? 'not mended yet' : `mended in ${one.fixedIn}`,
      one.summary,
    ]),
  )
}
