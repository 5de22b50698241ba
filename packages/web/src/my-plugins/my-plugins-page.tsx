import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Puzzle } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../app/session.ts'
import { buttonClass } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { Pager } from '../design/pager.tsx'
import { installationsQuery, updatesQuery } from '../installations/installation-queries.ts'
import { useKnownTenant } from '../installations/known-tenant.ts'
import { NoTenant } from '../installations/no-tenant.tsx'
import { useTexts } from '../language/language.tsx'
import { InstalledPlugin } from './installed-plugin.tsx'
import styles from './my-plugins.module.css'
import { PluginDialog, type PluginTask } from './plugin-dialog.tsx'
import { UpdateNotification } from './update-notification.tsx'

const take = 50

/** The plugins that the tenant has. */
export function MyPluginsPage() {
  const texts = useTexts().myPlugins
  const tenantId = useKnownTenant()
  if (tenantId === null) return <NoTenant />
  return (
    <Page title={texts.title} lead={texts.lead(tenantId)}>
      <InstalledPlugins tenantId={tenantId} />
    </Page>
  )
}

function InstalledPlugins({ tenantId }: { tenantId: string }) {
  const texts = useTexts().myPlugins
  const mayChange = useMay()('installation:manage')
  const installations = useQuery(installationsQuery(tenantId))
  const updates = useQuery(updatesQuery(tenantId))
  const [task, setTask] = useState<PluginTask>()
  const [skip, setSkip] = useState(0)
  const wanted = installations.data?.find(({ pluginId }) => pluginId === task?.pluginId)
  return (
    <div className={styles.page}>
      <UpdateNotification
        updates={updates.data ?? []}
        onLook={mayChange ? (pluginId) => setTask({ pluginId, kind: 'update' }) : undefined}
      />
      <Loaded query={installations}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState
              picture={<Puzzle size={40} aria-hidden />}
              title={texts.empty}
              action={
                <Link to="/" className={buttonClass({ kind: 'primary' })}>
                  {texts.toMarketplace}
                </Link>
              }
            >
              {texts.emptyLead}
            </EmptyState>
          ) : (
            <>
              <ul className={`plain-list ${styles.list}`}>
                {all.slice(skip, skip + take).map((installation) => (
                  <li key={installation.pluginId}>
                    <InstalledPlugin
                      installation={installation}
                      update={updates.data?.find(({ pluginId }) => pluginId === installation.pluginId)}
                      onTask={setTask}
                    />
                  </li>
                ))}
              </ul>
              <Pager skip={skip} take={take} total={all.length} onSkip={setSkip} />
            </>
          )
        }
      </Loaded>
      {task && wanted && <PluginDialog task={task} installation={wanted} onClose={() => setTask(undefined)} />}
    </div>
  )
}
