import type { PluginDetail, VersionSummary } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../app/session.ts'
import { Badge } from '../design/badge.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Pager } from '../design/pager.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { DeprecationPanel } from './deprecation-panel.tsx'
import styles from './plugin-version-manager.module.css'
import { VersionActDialog } from './version-act-dialog.tsx'
import { actsOn, type VersionAct } from './version-acts.ts'
import { VersionMenu } from './version-menu.tsx'
import { versionsQuery, versionsTake } from './version-queries.ts'
import { VersionStateBadge } from './version-state-badge.tsx'

/** Every version of a plugin with what can be done about it; each act shows first whom it concerns. */
export function PluginVersionManager({
  plugin,
  skip,
  onSkip,
}: {
  plugin: PluginDetail
  skip: number
  onSkip: (skip: number) => void
}) {
  const texts = useTexts().versions
  const versions = useQuery(versionsQuery(plugin.id, skip))
  const [asked, setAsked] = useState<{ act: VersionAct; version: VersionSummary }>()
  const columns = useColumns((act, version) => setAsked({ act, version }))
  return (
    <div className={styles.manager}>
      <DeprecationPanel plugin={plugin} />
      <Loaded query={versions}>
        {(page) =>
          page.total === 0 ? (
            <EmptyState title={texts.noneTitle}>{texts.noneLead}</EmptyState>
          ) : (
            <>
              <DataTable label={texts.title} columns={columns} rows={page.versions} keyOf={({ version }) => version} />
              <Pager skip={skip} take={versionsTake} total={page.total} onSkip={onSkip} />
            </>
          )
        }
      </Loaded>
      {asked && (
        <VersionActDialog
          key={`${asked.act} ${asked.version.version}`}
          {...asked}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  )
}

function useColumns(onAct: (act: VersionAct, version: VersionSummary) => void): Column<VersionSummary>[] {
  const texts = useTexts().versions
  const format = useFormat()
  const mayDelete = useMay()('version:delete')
  return [
    { title: texts.version, cell: ({ version }) => <strong>{version}</strong> },
    {
      title: texts.state,
      cell: ({ state, reason }) => (
        <>
          <VersionStateBadge state={state} />
          {reason && (
            <p className={styles.reason} dir="auto">
              {reason}
            </p>
          )}
        </>
      ),
    },
    {
      title: texts.channels,
      cell: ({ channels }) => (
        <span className={styles.channels}>
          {channels.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ),
    },
    { title: texts.size, number: true, cell: ({ packedBytes }) => format.bytes(packedBytes) },
    { title: texts.downloads, number: true, cell: ({ downloadCount }) => format.number(downloadCount) },
    { title: texts.published, cell: ({ publishedAt }) => publishedAt && <TimeAgo at={publishedAt} /> },
    {
      title: texts.actions,
      cell: (version) => (
        <VersionMenu
          version={version.version}
          acts={actsOn(version.state, mayDelete)}
          onAct={(act) => onAct(act, version)}
        />
      ),
    },
  ]
}
