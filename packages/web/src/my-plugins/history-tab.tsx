import type { HistoryEntry, Installation } from '@plexica/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Column, DataTable } from '../design/data-table.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Pager } from '../design/pager.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useTexts } from '../language/language.tsx'
import { historyQuery } from './history-query.ts'

const take = 20

/** What was done to the plugin, by whom. */
export function HistoryTab({ installation: { tenantId, pluginId } }: { installation: Installation }) {
  const texts = useTexts().myPlugins
  const [skip, setSkip] = useState(0)
  const history = useQuery({ ...historyQuery(tenantId, pluginId, { skip, take }), placeholderData: keepPreviousData })
  const columns: readonly Column<HistoryEntry>[] = [
    { title: texts.when, cell: ({ at }) => <TimeAgo at={at} /> },
    {
      title: texts.what,
      cell: ({ action, version, previousVersion }) =>
        `${texts.did[action]} ${previousVersion === null ? version : `${previousVersion} → ${version}`}`,
    },
    { title: texts.who, cell: ({ by }) => <bdi>{by}</bdi> },
    { title: texts.settings, cell: ({ changed }) => changed.join(', ') },
  ]
  return (
    <Loaded query={history}>
      {({ history: entries, total }) => (
        <>
          <DataTable
            label={texts.history}
            columns={columns}
            rows={entries}
            keyOf={({ at, action, version }) => `${at} ${action} ${version}`}
          />
          <Pager skip={skip} take={take} total={total} onSkip={setSkip} />
        </>
      )}
    </Loaded>
  )
}
