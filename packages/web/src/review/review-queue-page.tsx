import type { SubmissionState } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { DeskPage } from '../app/desk-page.tsx'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Pager } from '../design/pager.tsx'
import { useTexts } from '../language/language.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { useIsMine } from './claim-button.tsx'
import { QueueFilters } from './queue-filters.tsx'
import { QueueTable } from './queue-table.tsx'
import { queuePage, queueQuery } from './review-queries.ts'
import styles from './review-queue-page.module.css'
import { parseReviewSearch, type ReviewSearch } from './review-search.ts'
import { ShortcutHelp } from './shortcut-help.tsx'
import { useShortcutChoice, useShortcuts } from './use-shortcuts.ts'

/** What publishers have submitted, for those who decide about it. */
export function ReviewQueuePage() {
  const texts = useTexts().review
  const search = useSearch({ from: '/desk/review' })
  const navigate = useNavigate()
  const queue = useQuery(queueQuery(search))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [approving, setApproving] = useState(false)
  const [help, setHelp] = useState(false)
  const [on, turn] = useShortcutChoice()
  const isMine = useIsMine()
  const state: SubmissionState = search.state ?? 'pending_review'
  const chosen = (queue.data?.submissions ?? []).filter((one) => selected.has(one.id) && isMine(one))

  const show = (next: Record<string, unknown>) => {
    setSelected(new Set())
    void navigate({ to: '/desk/review', search: parseReviewSearch({ ...search, skip: 0, ...next }) })
  }
  const select = (id: string, isOn: boolean) =>
    setSelected((before) => new Set(isOn ? [...before, id] : [...before].filter((one) => one !== id)))
  useShortcuts(on, {
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    c: () => focusedRow()?.querySelector<HTMLElement>('[data-claim]')?.click(),
    '?': () => setHelp(true),
  })

  return (
    <DeskPage
      title={texts.title}
      lead={texts.lead}
      actions={<ShortcutHelp keys={['j', 'k', 'c', '?']} open={help} onOpen={setHelp} on={on} turn={turn} />}
    >
      <div className={styles.queue}>
        <div className={styles.bar}>
          <QueueFilters search={search} onShow={show} />
          {chosen.length > 0 && (
            <Button kind="primary" small onClick={() => setApproving(true)}>
              {texts.approveSelected(chosen.length)}
            </Button>
          )}
        </div>
        <Loaded query={queue}>
          {({ submissions, total }) => (
            <>
              <p role="status" className={styles.count}>
                {texts.count(total)}
              </p>
              {submissions.length === 0 ? (
                <Nothing search={search} />
              ) : (
                <QueueTable
                  submissions={submissions}
                  waiting={state === 'pending_review'}
                  selected={selected}
                  onSelect={select}
                />
              )}
              <Pager skip={search.skip ?? 0} take={queuePage} total={total} onSkip={(skip) => show({ skip })} />
            </>
          )}
        </Loaded>
      </div>
      {approving && <ApproveDialog submissions={chosen} onClose={() => setApproving(false)} />}
    </DeskPage>
  )
}

function Nothing({ search: { state, mine } }: { search: ReviewSearch }) {
  const texts = useTexts().review
  const lead = state ? texts.emptyDecided : mine ? texts.emptyMine : texts.emptyLead
  return (
    <EmptyState picture={<Inbox size={40} aria-hidden />} title={texts.emptyTitle}>
      {lead}
    </EmptyState>
  )
}

function focusedRow(): Element | null | undefined {
  return document.activeElement?.closest('tr')
}

/** To the next submission of the table, or the one before; to the first where none has the focus. */
function moveFocus(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-submission]')]
  const at = links.findIndex((link) => link.closest('tr') === focusedRow())
  links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
}
