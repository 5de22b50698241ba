import type { PluginSummary, Submission } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge } from '../design/badge.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './own-plugins-table.module.css'
import { PluginStatusBadge } from './plugin-status-badge.tsx'
import { waitingQuery } from './publish-queries.ts'

/** Plugins that somebody manages: what each is, and what of it waits. */
export function OwnPluginsTable({ plugins }: { plugins: readonly PluginSummary[] }) {
  const texts = useTexts().publish
  const waiting = useQuery(waitingQuery)
  const columns: Column<PluginSummary>[] = [
    { title: texts.plugin, cell: (plugin) => <PluginCell plugin={plugin} /> },
    {
      title: texts.state,
      cell: ({ status, visibility }) => (
        <span className={styles.badges}>
          <PluginStatusBadge status={status} />
          {visibility === 'private' && <Badge>{texts.visibilities.private}</Badge>}
        </span>
      ),
    },
    { title: texts.latest, cell: ({ latestVersion }) => latestVersion ?? texts.none },
    {
      title: texts.waiting,
      cell: ({ id }) => (
        <Waiting submissions={waiting.data?.submissions.filter(({ pluginId }) => pluginId === id) ?? []} />
      ),
    },
    { title: texts.changed, cell: ({ updatedAt }) => <TimeAgo at={updatedAt} /> },
  ]
  return <DataTable label={texts.plugins} columns={columns} rows={plugins} keyOf={({ id }) => id} />
}

function PluginCell({ plugin: { id, name, icon } }: { plugin: PluginSummary }) {
  return (
    <span className={styles.plugin}>
      <PluginIcon id={id} name={name} icon={icon} size={32} />
      <span className={styles.names}>
        <Link to="/publish/$pluginId" params={{ pluginId: id }} className={styles.name} dir="auto">
          {name}
        </Link>
        <span className={styles.id}>{id}</span>
      </span>
    </span>
  )
}

function Waiting({ submissions }: { submissions: readonly Submission[] }) {
  const texts = useTexts().publish
  const { number } = useFormat()
  if (submissions.length === 0) return texts.none
  return (
    <ul className="plain-list">
      {submissions.map(({ id, version, position }) => (
        <li key={id}>
          {version}
          {position !== null && <span className={styles.place}> · {texts.place(number(position))}</span>}
        </li>
      ))}
    </ul>
  )
}
