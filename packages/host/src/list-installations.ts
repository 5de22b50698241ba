import type { Installation } from '@plexica/api'
import type { Client } from '@plexica/api/client'

/** The longest list that the registry gives at once. */
const PAGE = 100

/** The tenant's enabled plugins, all pages of the list. Throws `ApiError`, or the signal's reason. */
export async function listInstallations(
  client: Pick<Client, 'listInstallations'>,
  tenantId: string,
  signal: AbortSignal,
): Promise<Installation[]> {
  const installations = new Map<string, Installation>()
  let total = Number.POSITIVE_INFINITY
  for (let skip = 0; skip < total; skip += PAGE) {
    const page = await client.listInstallations({
      params: { tenantId },
      query: { enabled: true, skip, take: PAGE },
      signal,
    })
    // By id, because a plugin that comes or goes between two pages moves the others.
    for (const installation of page.installations) installations.set(installation.pluginId, installation)
    total = page.total
  }
  return [...installations.values()]
}
