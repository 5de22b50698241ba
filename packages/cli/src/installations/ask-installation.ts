import type { Client, VersionDetail, VersionSummary } from '@plexica/api'
import { askYes } from '../ask-yes.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { priceText } from '../marketplace/listing-text.ts'
import { describePermissions, permissionText } from '../marketplace/permission-text.ts'
import { printable } from '../style.ts'
import { askConfiguration } from './ask-configuration.ts'
import { askGrants } from './ask-grants.ts'
import { settingsOf, type Values, valueAt } from './configuration.ts'
import type { OpenTenant } from './open-tenant.ts'

/** With what a plugin is installed. */
export interface Wish {
  readonly configuration: Values
  readonly grantedPermissions: readonly string[]
}

/** So many versions are offered. */
const offered = 10

/** Which version, where there is a choice. */
export async function askVersion(client: Client, pluginId: string, { signal }: Context): Promise<string> {
  const { versions } = await client.listVersions({ params: { pluginId }, query: { take: 100 }, signal })
  const published = versions.filter(({ state }) => state === 'published')
  const latest = published.find(({ channels }) => channels.includes('latest'))
  if (published.length < 2) return latest ? 'latest' : (published[0]?.version ?? 'latest')
  const others = published.filter((one) => one !== latest)
  const choices = [...(latest ? [latest] : []), ...others].slice(0, offered)
  const { default: inquirer } = await import('inquirer')
  const { version } = await inquirer.prompt<{ version: string }>([
    {
      type: 'select',
      name: 'version',
      message: 'Version',
      choices: choices.map((one) => ({ name: versionText(one), value: one.version })),
    },
  ])
  signal.throwIfAborted()
  return version
}

function versionText({ version, channels, publishedAt }: VersionSummary): string {
  const tags = channels.length === 0 ? '' : ` (${channels.join(', ')})`
  return `${version}${tags}${publishedAt === null ? '' : `, ${publishedAt.slice(0, 10)}`}`
}

interface Asked {
  tenant: OpenTenant
  detail: VersionDetail
  given: Values
  granted: readonly string[]
}

/** Configuration, permissions, summary. Nothing has been sent when one of them is left or denied. */
export async function askInstallation({ tenant, detail, given, granted }: Asked, context: Context): Promise<Wish> {
  const { console, signal } = context
  const { manifest, pluginId, version } = detail
  const { configSchema: schema, requiredPermissions = [], network = [] } = manifest
  const configuration = await askConfiguration(
    { schema, values: given, only: ({ path }) => valueAt(given, path) === undefined },
    context,
  )
  const permissions = await describePermissions(tenant.client, requiredPermissions, signal)
  const open = permissions.filter(({ name }) => !granted.includes(name))
  const denied = await askGrants({ permissions: open, hosts: [] }, context)
  if (denied !== undefined) {
    throw failure('interrupted', `Nothing was installed: ${pluginId} does not work without ${denied}.`, {
      fix: 'Run the same command again to grant it, or look for another plugin with `plexica search`.',
    })
  }
  console.say()
  console.table([
    ['plugin', `${manifest.name} (${pluginId} ${version})`],
    ['tenant', tenant.tenantId],
    ['price', priceText(manifest.pricing ?? { type: 'free' })],
    ...settingsOf(schema)
      .filter(({ path }) => path.length === 1 || valueAt(configuration, path.slice(0, 1)) !== undefined)
      .map(({ name, path, property }) => [
        property.title ?? name,
        shown(valueAt(configuration, path) ?? property.default, property.secret === true),
      ]),
    ...permissions.map((one) => ['may', permissionText(one)]),
    ...network.map((host) => ['contacts', host]),
  ])
  console.say()
  if (!(await askYes(`Install ${printable(manifest.name)} for ${tenant.tenantId}?`, context, true))) {
    throw failure('interrupted', 'Nothing was installed.')
  }
  return { configuration, grantedPermissions: [...new Set([...granted, ...requiredPermissions])] }
}

function shown(value: unknown, secret: boolean): string {
  if (value === undefined) return '(not set)'
  if (secret) return '•••'
  if (Array.isArray(value)) return value.map((item) => shown(item, false)).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
