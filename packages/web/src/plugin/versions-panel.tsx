import type { VersionSummary } from '@plexica/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Badge } from '../design/badge.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Markdown } from '../design/markdown.tsx'
import type { Tone } from '../design/notice.tsx'
import { Pager } from '../design/pager.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './plugin-panels.module.css'
import { versionsQuery, versionsTaken } from './plugin-queries.ts'

/** Every version that whoever looks may see, the highest first. */
export function VersionsPanel({
  pluginId,
  skip,
  onSkip,
}: {
  pluginId: string
  skip: number
  onSkip: (skip: number) => void
}) {
  const texts = useTexts().plugin
  const versions = useQuery({ ...versionsQuery(pluginId, skip), placeholderData: keepPreviousData })
  return (
    <section aria-busy={versions.isPlaceholderData}>
      <h2 className="visually-hidden">{texts.versions}</h2>
      <Loaded query={versions} skeleton={<Skeleton lines={8} />}>
        {({ versions, total }) =>
          total === 0 ? (
            <EmptyState title={texts.noVersions} level={2} />
          ) : (
            <>
              <ol className="plain-list">
                {versions.map((version, index) => (
                  <VersionEntry key={version.version} version={version} isFirst={skip + index === 0} />
                ))}
              </ol>
              <Pager skip={skip} take={versionsTaken} total={total} onSkip={onSkip} />
            </>
          )
        }
      </Loaded>
    </section>
  )
}

const tones: Readonly<Partial<Record<VersionSummary['state'], Tone>>> = {
  yanked: 'warn',
  rejected: 'bad',
  pending_review: 'info',
}

function VersionEntry({ version, isFirst }: { version: VersionSummary; isFirst: boolean }) {
  const texts = useTexts().plugin
  const { bytes } = useFormat()
  const { state, reason, channels, publishedAt, createdAt, packedBytes, changelog } = version
  return (
    <li className={styles.version}>
      <div className={styles.title}>
        <h3>{version.version}</h3>
        {channels.map((channel) => (
          <Badge key={channel} tone={channel === 'latest' ? 'good' : 'info'}>
            {channel}
          </Badge>
        ))}
        {state !== 'published' && (
          <Badge {...(tones[state] ? { tone: tones[state] } : {})}>{texts.states[state]}</Badge>
        )}
      </div>
      <p className={styles.when}>
        <TimeAgo at={publishedAt ?? createdAt} /> · {bytes(packedBytes)}
      </p>
      {reason !== null && (
        <p>
          {state === 'rejected' ? texts.rejectedReason : texts.yankedReason} <bdi>{reason}</bdi>
        </p>
      )}
      <Changes changelog={changelog} open={isFirst} />
    </li>
  )
}

/** The newest version’s changes are there at once, the others when they are asked for. */
function Changes({ changelog, open }: { changelog: string | null; open: boolean }) {
  const texts = useTexts().plugin
  const [wasOpened, setOpened] = useState(open)
  if (!changelog?.trim()) return <p className={styles.when}>{texts.noChangelog}</p>
  return (
    <details
      className={styles.changes}
      open={open}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
    >
      <summary>{texts.changes}</summary>
      <div>{wasOpened && <Markdown text={changelog} />}</div>
    </details>
  )
}
