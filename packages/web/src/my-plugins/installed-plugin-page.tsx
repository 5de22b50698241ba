import type { Installation } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { NotFoundPage } from '../app/not-found-page.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { Tabs } from '../design/tabs.tsx'
import { installationsQuery, updatesQuery } from '../installations/installation-queries.ts'
import { useKnownTenant } from '../installations/known-tenant.ts'
import { NoTenant } from '../installations/no-tenant.tsx'
import { useTexts } from '../language/language.tsx'
import { ConfigurationTab } from './configuration-tab.tsx'
import { ExperimentTab } from './experiment-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { InstallationFindings } from './installed-plugin.tsx'
import type { InstalledTab } from './installed-search.ts'
import styles from './my-plugins.module.css'
import { PagesTab } from './pages-tab.tsx'
import { PluginActions } from './plugin-actions.tsx'
import { PluginDialog, type PluginTask } from './plugin-dialog.tsx'

/** One of the tenant's plugins: how it is configured, and what was done to it. */
export function InstalledPluginPage() {
  const { pluginId } = useParams({ from: '/my-plugins/$pluginId' })
  const tenantId = useKnownTenant()
  if (tenantId === null) return <NoTenant />
  return <OfTenant key={pluginId} tenantId={tenantId} pluginId={pluginId} />
}

function OfTenant({ tenantId, pluginId }: { tenantId: string; pluginId: string }) {
  const installations = useQuery(installationsQuery(tenantId))
  const installation = installations.data?.find((one) => one.pluginId === pluginId)
  if (installation) return <InstalledPluginDetail installation={installation} />
  if (installations.data) return <NotFoundPage />
  return (
    <Page title={pluginId}>
      <Loaded query={installations}>{() => null}</Loaded>
    </Page>
  )
}

function InstalledPluginDetail({ installation }: { installation: Installation }) {
  const { myPlugins: texts, telemetry } = useTexts()
  const { tenantId, pluginId, name, version } = installation
  const { tab = 'configuration' } = useSearch({ from: '/my-plugins/$pluginId' })
  const navigate = useNavigate({ from: '/my-plugins/$pluginId' })
  const updates = useQuery(updatesQuery(tenantId))
  const [task, setTask] = useState<PluginTask>()
  const update = updates.data?.find((one) => one.pluginId === pluginId)
  return (
    <>
      <p className={styles.way}>
        <Link to="/my-plugins">{texts.title}</Link>
      </p>
      <Page
        title={name}
        lead={texts.version(version)}
        actions={<PluginActions installation={installation} update={update} onTask={setTask} />}
      >
        <InstallationFindings installation={installation} />
        <Tabs
          label={texts.tabs}
          selected={tab}
          onSelect={(next) => void navigate({ search: { tab: next as InstalledTab }, replace: true })}
          tabs={[
            {
              id: 'configuration',
              title: texts.configuration,
              // What was typed for one version is not carried to another by itself.
              content: <ConfigurationTab key={version} installation={installation} />,
            },
            {
              id: 'experiment',
              title: texts.experiments.title,
              content: <ExperimentTab key={version} installation={installation} />,
            },
            { id: 'pages', title: telemetry.title, content: <PagesTab installation={installation} /> },
            { id: 'history', title: texts.history, content: <HistoryTab installation={installation} /> },
          ]}
        />
      </Page>
      {task && <PluginDialog task={task} installation={installation} onClose={() => setTask(undefined)} />}
    </>
  )
}
