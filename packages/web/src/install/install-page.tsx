import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { pluginQuery } from '../installations/installation-queries.ts'
import { useKnownTenant } from '../installations/known-tenant.ts'
import { NoTenant } from '../installations/no-tenant.tsx'
import { useTexts } from '../language/language.tsx'
import { ApiError, registry } from '../registry/client.ts'
import { InstallWizard } from './install-wizard.tsx'

/** So many versions are offered. */
const offered = 100

/** Where an admin gives a plugin to the tenant. */
export function InstallPage() {
  const texts = useTexts().install
  const { pluginId } = useParams({ from: '/plugins/$pluginId/install' })
  const tenantId = useKnownTenant()
  const plugin = useQuery(pluginQuery(pluginId))
  const versions = useQuery({
    queryKey: ['plugin', pluginId, 'versions', 'published'],
    queryFn: async ({ signal }) => {
      const all = await registry.listVersions({ params: { pluginId }, query: { take: offered }, signal })
      const published = all.versions.filter(({ state }) => state === 'published')
      return published.toSorted((a, b) => Number(isLatest(b)) - Number(isLatest(a)))
    },
  })
  if (plugin.error instanceof ApiError && plugin.error.status === 404) return <NotFoundPage />
  if (tenantId === null) return <NoTenant />
  return (
    <Page title={texts.title(plugin.data?.name ?? pluginId)} lead={texts.lead(tenantId)}>
      <Loaded query={plugin}>
        {(detail) => (
          <Loaded query={versions}>
            {(published) =>
              published.length === 0 ? (
                <EmptyState title={texts.noVersion}>{texts.noVersionLead}</EmptyState>
              ) : (
                <InstallWizard key={pluginId} tenantId={tenantId} plugin={detail} versions={published} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function isLatest({ channels }: { channels: readonly string[] }): boolean {
  return channels.includes('latest')
}
