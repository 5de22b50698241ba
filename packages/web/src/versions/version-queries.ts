import { queryOptions } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'

export const versionsTake = 20

export const versionsQuery = (pluginId: string, skip: number) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'versions', 'managed', skip],
    queryFn: ({ signal }) =>
      registry.listVersions({ params: { pluginId }, query: { skip, take: versionsTake }, signal }),
  })

export const usageQuery = (pluginId: string, version: string) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'usage', version],
    queryFn: ({ signal }) => registry.getVersionUsage({ params: { pluginId, version }, query: { take: 100 }, signal }),
    // It is looked at to decide something.
    staleTime: 0,
  })
