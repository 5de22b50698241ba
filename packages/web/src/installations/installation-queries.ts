import { queryOptions } from '@tanstack/react-query'
import { ApiError, registry } from '../registry/client.ts'
import { everyPage } from '../registry/every-page.ts'

/** All plugins of a tenant, by id. */
export const installationsQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ['tenant', tenantId, 'installations'],
    queryFn: ({ signal }) =>
      everyPage(async (query) => {
        const { installations, total } = await registry.listInstallations({ params: { tenantId }, query, signal })
        return { items: installations, total }
      }),
  })

/** The updates that they can have. */
export const updatesQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ['tenant', tenantId, 'updates'],
    queryFn: ({ signal }) =>
      everyPage(async (query) => {
        const { updates, total } = await registry.listInstallationUpdates({ params: { tenantId }, query, signal })
        return { items: updates, total }
      }),
  })

/** What a plugin's page shows; installations do not say what it looks like. */
export const pluginQuery = (pluginId: string) =>
  queryOptions({
    queryKey: ['plugin', pluginId],
    queryFn: ({ signal }) => registry.getPlugin({ params: { pluginId }, signal }),
  })

/** One version with its manifest, which never changes. */
export const versionQuery = (pluginId: string, version: string) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'version', version],
    queryFn: ({ signal }) => registry.getVersion({ params: { pluginId, version }, signal }),
  })

/** The platform, with its own words for permissions; null where the operator has not described it. */
export const platformQuery = queryOptions({
  queryKey: ['platform'],
  queryFn: ({ signal }) =>
    registry.getPlatform({ signal }).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    }),
  staleTime: 300_000,
})
