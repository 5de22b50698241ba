import { ApiError, type Installation } from '@plexica/api'
import { everyPage } from '../every-page.ts'
import type { OpenTenant } from './open-tenant.ts'

/** All plugins of the tenant, by id. */
export function listInstallations({ client, tenantId }: OpenTenant, signal: AbortSignal): Promise<Installation[]> {
  return everyPage(async (paging) => {
    const { installations, total } = await client.listInstallations({ params: { tenantId }, query: paging, signal })
    return { items: installations, total }
  })
}

/** The tenant's installation of a plugin. Throws the registry's own error when there is none. */
export async function findInstallation(
  tenant: OpenTenant,
  pluginId: string,
  signal: AbortSignal,
): Promise<Installation> {
  const found = (await listInstallations(tenant, signal)).find((one) => one.pluginId === pluginId)
  if (found) return found
  throw new ApiError({
    code: 'installation_not_found',
    status: 404,
    detail: `${tenant.tenantId} does not have ${pluginId} installed.`,
    fix: 'Install it first.',
  })
}
