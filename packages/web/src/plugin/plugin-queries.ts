import { queryOptions } from '@tanstack/react-query'
import { useMay, useTenantId } from '../app/session.ts'
import { ApiError, registry } from '../registry/client.ts'

/** Versions on one page of their list. */
export const versionsTaken = 20

export function pluginQuery(pluginId: string) {
  return queryOptions({
    queryKey: ['plugin', pluginId, 'detail'],
    queryFn: ({ signal }) => registry.getPlugin({ params: { pluginId }, signal }),
  })
}

/** The version that is given out; null while none is. */
export function latestVersionQuery(pluginId: string) {
  return queryOptions({
    queryKey: ['plugin', pluginId, 'versions', 'latest'],
    queryFn: ({ signal }) =>
      registry.getVersion({ params: { pluginId, version: 'latest' }, signal }).catch(nothingAt('version_not_found')),
  })
}

export function versionsQuery(pluginId: string, skip: number) {
  return queryOptions({
    queryKey: ['plugin', pluginId, 'versions', { skip }],
    queryFn: ({ signal }) =>
      registry.listVersions({ params: { pluginId }, query: { skip, take: versionsTaken }, signal }),
  })
}

/** The tenant of whoever is signed in, where they may know what it has installed. */
export function useInstallingTenant(): string | null {
  const may = useMay()
  const tenantId = useTenantId()
  return may('installation:read') ? tenantId : null
}

/** What the tenant has of the plugin, and the update that it could have; null where it has nothing. */
export function ownInstallationQuery(tenantId: string, pluginId: string) {
  return queryOptions({
    queryKey: ['tenant', tenantId, 'plugin', pluginId, 'update'],
    queryFn: ({ signal }) =>
      registry
        .getInstallationUpdate({ params: { tenantId, pluginId }, signal })
        .catch(nothingAt('installation_not_found')),
  })
}

/** What the platform says about its permissions; null where the registry does not know the platform. */
export const platformQuery = queryOptions({
  queryKey: ['platform'],
  queryFn: ({ signal }) => registry.getPlatform({ signal }).catch(nothingAt('route_not_found')),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Makes null of one refusal, which is an answer here. */
function nothingAt(code: ApiError['code']): (error: unknown) => null {
  return (error) => {
    if (error instanceof ApiError && error.code === code) return null
    throw error
  }
}
