import type { PluginDetail } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { PluginAnalytics } from '../analytics/plugin-analytics.tsx'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { Badge } from '../design/badge.tsx'
import { Button, buttonClass } from '../design/button.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { Tabs } from '../design/tabs.tsx'
import { useTexts } from '../language/language.tsx'
import { ApiError } from '../registry/client.ts'
import { PluginVersionManager } from '../versions/plugin-version-manager.tsx'
import styles from './manage-plugin-page.module.css'
import { PluginOwners } from './plugin-owners.tsx'
import { PluginSettingsPanel } from './plugin-settings-panel.tsx'
import { PluginStatusBadge } from './plugin-status-badge.tsx'
import { PublishPluginModal } from './publish-plugin-modal.tsx'
import { managedPluginQuery } from './publish-queries.ts'
import { type ManageSearch, manageTabs } from './publish-search.ts'

/** One plugin for those who manage it: its versions, how it fares, who owns it and who may have it. */
export function ManagePluginPage() {
  const { pluginId } = useParams({ from: '/publish/$pluginId' })
  const plugin = useQuery(managedPluginQuery(pluginId))
  if (plugin.error instanceof ApiError && plugin.error.status === 404) return <NotFoundPage />
  return <Loaded query={plugin}>{(detail) => <ManagedPlugin key={detail.id} plugin={detail} />}</Loaded>
}

function ManagedPlugin({ plugin }: { plugin: PluginDetail }) {
  const texts = useTexts().publish
  const { id, name, status, visibility, publishedAt } = plugin
  const { tab = 'versions', skip = 0, days = 30 } = useSearch({ from: '/publish/$pluginId' })
  const navigate = useNavigate()
  const [publishing, setPublishing] = useState(false)
  const go = (search: ManageSearch) => void navigate({ to: '/publish/$pluginId', params: { pluginId: id }, search })
  const contents = {
    versions: <PluginVersionManager plugin={plugin} skip={skip} onSkip={(next) => go({ skip: next })} />,
    analytics: <PluginAnalytics pluginId={id} range={days} onRange={(next) => go({ tab, days: next })} />,
    owners: <PluginOwners pluginId={id} />,
    settings: <PluginSettingsPanel pluginId={id} />,
  }
  return (
    <Page
      title={name}
      lead={
        <span className={styles.facts}>
          <code>{id}</code>
          <PluginStatusBadge status={status} />
          {visibility === 'private' && <Badge>{texts.visibilities.private}</Badge>}
        </span>
      }
      actions={
        <>
          {publishedAt !== null && (
            <Link to="/plugins/$pluginId" params={{ pluginId: id }} className={buttonClass()}>
              {texts.toListing}
            </Link>
          )}
          <Button kind="primary" icon={<Upload size={18} aria-hidden />} onClick={() => setPublishing(true)}>
            {texts.startVersion}
          </Button>
        </>
      }
    >
      <Tabs
        label={texts.tabsLabel}
        selected={tab}
        onSelect={(next) => go({ tab: manageTabs.find((one) => one === next) ?? 'versions' })}
        tabs={manageTabs.map((one) => ({ id: one, title: texts.tabs[one], content: contents[one] }))}
      />
      <PublishPluginModal open={publishing} onClose={() => setPublishing(false)} />
    </Page>
  )
}
