import type { Installation } from '@plexica/api'
import { compareVersions, type Finding } from '@plexica/manifest-schema/validate'
import { everyPage } from '../every-page.ts'
import type { OpenTenant } from './open-tenant.ts'

/** The change to another version, as it is looked at before. */
export interface Offer {
  readonly pluginId: string
  readonly installed: string
  readonly version: string
  /** Newest first. */
  readonly changelog: readonly { version: string; publishedAt: string | null; text: string | null }[]
  readonly newPermissions: readonly string[]
  readonly newHosts: readonly string[]
  readonly findings: readonly Finding[]
}

/** So many versions tell what they changed. */
const mostChangelogs = 20

/** The change to the newest version that runs, or to a wanted one. Nothing when that is installed. */
export async function findOffer(
  { client, tenantId }: OpenTenant,
  { pluginId, version: installed, grantedPermissions }: Installation,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<Offer | undefined> {
  const { update } = await client.getInstallationUpdate({ params: { tenantId, pluginId }, signal })
  if (wanted === undefined) return update ?? undefined
  const { version, manifest } = await client.getVersion({ params: { pluginId, version: wanted }, signal })
  if (version === installed) return undefined
  if (update?.version === version) return update
  const { manifest: before } = await client.getVersion({ params: { pluginId, version: installed }, signal })
  const versions = await everyPage(async (paging) => {
    const page = await client.listVersions({ params: { pluginId }, query: paging, signal })
    return { items: page.versions, total: page.total }
  })
  return {
    pluginId,
    installed,
    version,
    changelog: versions
      .filter((one) => one.state === 'published' && isBetween(one.version, installed, version))
      .slice(0, mostChangelogs)
      .map((one) => ({ version: one.version, publishedAt: one.publishedAt, text: one.changelog })),
    newPermissions: (manifest.requiredPermissions ?? []).filter((name) => !grantedPermissions.includes(name)),
    newHosts: (manifest.network ?? []).filter((host) => !reaches(before.network ?? [], host)),
    // The registry says what is in the way when it is asked to change.
    findings: [],
  }
}

function isBetween(version: string, after: string, upTo: string): boolean {
  return compareVersions(version, after) > 0 && compareVersions(version, upTo) <= 0
}

/** `*.example.com` reaches every host below it. */
function reaches(hosts: readonly string[], host: string): boolean {
  return hosts.some((one) => one === host || (one.startsWith('*.') && host.endsWith(one.slice(1))))
}
