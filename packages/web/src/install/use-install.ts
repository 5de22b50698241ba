import type { Finding } from '@plexica/manifest-schema/validate'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Values } from '../installations/settings.ts'
import { ApiError, registry } from '../registry/client.ts'
import { useTenantEvents } from '../registry/tenant-events.ts'

interface Wish {
  readonly version: string
  readonly configuration: Values
  readonly grantedPermissions: readonly string[]
}

/** Installs a plugin, and hears of it from the tenant's events. Sent twice, it is installed once. */
export function useInstall(tenantId: string, pluginId: string) {
  const queries = useQueryClient()
  const [heard, setHeard] = useState(false)
  useTenantEvents((event) => {
    if (event.type === 'installation.installed' && event.pluginId === pluginId) setHeard(true)
  })
  const sending = useMutation({
    mutationFn: ({ version, configuration, grantedPermissions }: Wish) =>
      registry.installPlugin({
        params: { tenantId, pluginId },
        body: { version, configuration, grantedPermissions: [...grantedPermissions] },
      }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['tenant', tenantId] }),
        queries.invalidateQueries({ queryKey: ['plugin', pluginId], exact: true }),
      ]),
  })
  return { sending, heard }
}

/** What the registry finds wrong with a configuration; nothing when it refused for another reason. */
export function configurationFindings(error: unknown): readonly Finding[] {
  return error instanceof ApiError && error.code === 'configuration_invalid' ? error.findings : []
}
