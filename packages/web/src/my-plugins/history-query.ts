import { queryOptions } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'

/** What was done to a tenant's plugin, newest first. */
export const historyQuery = (tenantId: string, pluginId: string, paging: { skip: number; take: number }) =>
  queryOptions({
    queryKey: ['tenant', tenantId, 'history', pluginId, paging],
    queryFn: ({ signal }) =>
      registry.listInstallationHistory({ params: { tenantId, pluginId }, query: paging, signal }),
  })
