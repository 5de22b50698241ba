import { queryOptions } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'

interface Days {
  readonly from: string
  readonly to: string
}

/** How a plugin does in the pages of all tenants together. */
export const pluginTelemetryQuery = (pluginId: string, query: Days) =>
  queryOptions({
    queryKey: ['plugin', pluginId, 'telemetry', query],
    queryFn: ({ signal }) => registry.getPluginTelemetry({ params: { pluginId }, query, signal }),
  })

/** How it does in the pages of one tenant. */
export const tenantTelemetryQuery = (tenantId: string, pluginId: string, query: Days) =>
  queryOptions({
    queryKey: ['tenant', tenantId, 'telemetry', pluginId, query],
    queryFn: ({ signal }) => registry.getTenantTelemetry({ params: { tenantId, pluginId }, query, signal }),
  })
