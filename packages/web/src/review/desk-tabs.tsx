import type { Submission } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Loaded } from '../design/loaded.tsx'
import { Notice } from '../design/notice.tsx'
import { Tabs } from '../design/tabs.tsx'
import { useTexts } from '../language/language.tsx'
import { ComponentPreview } from './component-preview.tsx'
import { FilesPanel } from './files-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { ListingPanel } from './listing-panel.tsx'
import { versionQuery } from './review-queries.ts'
import { parseDeskSearch } from './review-search.ts'

/** The package itself: its files, its components, how it would be listed, and what was decided about the plugin before. */
export function DeskTabs({ submission }: { submission: Submission }) {
  const texts = useTexts().review
  const navigate = useNavigate()
  const { tab = 'files' } = useSearch({ from: '/desk/review/$submissionId' })
  const version = useQuery(versionQuery(submission))
  const ofVersion = (show: (found: NonNullable<typeof version.data>) => React.ReactNode) => (
    <Loaded query={version}>{(found) => (found ? show(found) : <Notice tone="warn">{texts.noDelta}</Notice>)}</Loaded>
  )
  const tabs = [
    {
      id: 'files',
      title: texts.files,
      content: ofVersion(({ files }) => <FilesPanel submissionId={submission.id} files={files} />),
    },
    {
      id: 'preview',
      title: texts.preview,
      content: ofVersion((found) => <ComponentPreview submissionId={submission.id} version={found} />),
    },
    {
      id: 'listing',
      title: texts.listing,
      content: ofVersion((found) => <ListingPanel submissionId={submission.id} version={found} />),
    },
    { id: 'history', title: texts.history, content: <HistoryPanel submission={submission} /> },
  ]
  const select = (id: string) =>
    void navigate({
      to: '/desk/review/$submissionId',
      params: { submissionId: submission.id },
      search: parseDeskSearch({ tab: id }),
      replace: true,
      resetScroll: false,
    })
  return <Tabs label={texts.parts} tabs={tabs} selected={tab} onSelect={select} />
}
