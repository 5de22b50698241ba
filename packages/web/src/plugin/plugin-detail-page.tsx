import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { Problem } from '../design/problem.tsx'
import { ApiError } from '../registry/client.ts'
import { PluginHead } from './plugin-head.tsx'
import { PluginPageSkeleton } from './plugin-page-skeleton.tsx'
import { latestVersionQuery, ownInstallationQuery, pluginQuery, useInstallingTenant } from './plugin-queries.ts'
import { PluginTabs } from './plugin-tabs.tsx'
import { ScreenshotGallery } from './screenshot-gallery.tsx'

/** Everything about one plugin: for those who think of installing it, and for those who have it. */
export function PluginDetailPage() {
  const { pluginId } = useParams({ from: '/plugins/$pluginId' })
  const { data: plugin, error, refetch } = useQuery(pluginQuery(pluginId))
  // Asked for at the same time, shown when it comes.
  const latest = useQuery(latestVersionQuery(pluginId))
  // Also at the same time, and waited for: what the head offers depends on it, and should not jump.
  const tenantId = useInstallingTenant()
  const installation = useQuery({ ...ownInstallationQuery(tenantId ?? '', pluginId), enabled: tenantId !== null })
  if (plugin && !installation.isLoading) {
    return (
      <article key={pluginId}>
        <PluginHead plugin={plugin} latest={latest.data ?? null} />
        <ScreenshotGallery screenshots={plugin.screenshots} />
        <PluginTabs plugin={plugin} latest={latest} />
      </article>
    )
  }
  if (isNowhere(error)) return <NotFoundPage />
  if (error) return <Problem error={error} onRetry={() => void refetch()} />
  return <PluginPageSkeleton />
}

/** No such plugin for whoever asks, or an address that no plugin could have. */
function isNowhere(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 400)
}
