import { useQuery } from '@tanstack/react-query'
import { useMay, useTenantId } from '../app/session.ts'
import { registry } from '../registry/client.ts'

const take = 100

/** Ids of the plugins that the tenant of whoever is signed in has; none for others, and until they are known. */
export function useInstalledPlugins(): ReadonlySet<string> | undefined {
  const tenantId = useTenantId() ?? ''
  const may = useMay()
  const { data } = useQuery({
    queryKey: ['tenant', tenantId, 'installed-ids'],
    queryFn: ({ signal }) => installedIds(tenantId, signal),
    enabled: tenantId !== '' && may('installation:read'),
  })
  return data
}

async function installedIds(tenantId: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for (let skip = 0; ; skip += take) {
    const page = await registry.listInstallations({ params: { tenantId }, query: { skip, take }, signal })
    for (const { pluginId } of page.installations) ids.add(pluginId)
    if (skip + take >= page.total || page.installations.length === 0) return ids
  }
}
