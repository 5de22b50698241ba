import type { PluginDetail, VersionDetail } from '@plexica/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Skeleton } from '../design/skeleton.tsx'
import { Tabs } from '../design/tabs.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { OverviewPanel } from './overview-panel.tsx'
import { PermissionsPanel } from './permissions-panel.tsx'
import { pluginTabs } from './plugin-search.ts'
import { VersionsPanel } from './versions-panel.tsx'

const ReviewsPanel = lazy(async () => ({ default: (await import('../ratings/reviews-panel.tsx')).ReviewsPanel }))

/** The parts of the page below its head; the one that is seen, and where in it, stands in the address. */
export function PluginTabs({ plugin, latest }: { plugin: PluginDetail; latest: UseQueryResult<VersionDetail | null> }) {
  const texts = useTexts().plugin
  const { compact } = useFormat()
  const { tab = 'overview', skip = 0, sort = 'newest', stars } = useSearch({ from: '/plugins/$pluginId' })
  const navigate = useNavigate({ from: '/plugins/$pluginId' })
  const { ratingCount } = plugin
  const goTo = (skip: number) =>
    void navigate({ search: ({ skip: _, ...rest }) => (skip > 0 ? { ...rest, skip } : rest), resetScroll: false })
  const panels = {
    overview: { title: texts.overview, content: <OverviewPanel plugin={plugin} /> },
    versions: {
      title: texts.versions,
      content: <VersionsPanel pluginId={plugin.id} skip={skip} onSkip={goTo} />,
    },
    reviews: {
      title: ratingCount > 0 ? texts.reviewsOf(compact(ratingCount)) : texts.reviews,
      content: (
        <Suspense fallback={<Skeleton lines={10} />}>
          <ReviewsPanel
            plugin={plugin}
            choice={{ sort, stars, skip }}
            onSkip={goTo}
            onChoose={({ sort, stars }) =>
              void navigate({
                search: { tab: 'reviews', ...(sort === 'newest' ? {} : { sort }), ...(stars ? { stars } : {}) },
                resetScroll: false,
                replace: true,
              })
            }
          />
        </Suspense>
      ),
    },
    permissions: { title: texts.permissions, content: <PermissionsPanel plugin={plugin} latest={latest} /> },
  }
  return (
    <Tabs
      label={texts.tabs}
      tabs={pluginTabs.map((id) => ({ id, ...panels[id] }))}
      selected={tab}
      onSelect={(id) => {
        const chosen = pluginTabs.find((one) => one === id)
        void navigate({ search: chosen && chosen !== 'overview' ? { tab: chosen } : {}, resetScroll: false })
      }}
    />
  )
}
