import type { SubmissionDetail } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { DeskPage } from '../app/desk-page.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { useClaimTurn } from './claim-button.tsx'
import { ClaimedNotice } from './claimed-notice.tsx'
import { DecidedNotice } from './decided-notice.tsx'
import { DecisionBar } from './decision-bar.tsx'
import { DeltaPanel } from './delta-panel.tsx'
import { DeskTabs } from './desk-tabs.tsx'
import { FindingsPanel } from './findings-panel.tsx'
import { RejectDialog } from './reject-dialog.tsx'
import { ResubmissionPanel } from './resubmission-panel.tsx'
import { submissionQuery } from './review-queries.ts'
import { nameOf } from './submission-name.ts'
import styles from './submission-page.module.css'
import { useNeighbours } from './use-neighbours.ts'
import { useShortcutChoice, useShortcuts } from './use-shortcuts.ts'

/** One submission on the desk: what a decision needs, the riskiest first, and the decision. */
export function SubmissionPage() {
  const texts = useTexts().review
  const { submissionId } = useParams({ from: '/desk/review/$submissionId' })
  const submission = useQuery(submissionQuery(submissionId))
  if (submission.data === undefined) {
    return (
      <DeskPage title={texts.title}>
        <Loaded query={submission}>{() => null}</Loaded>
      </DeskPage>
    )
  }
  return <Desk key={submissionId} submission={submission.data} error={submission.error} />
}

function Desk({ submission, error }: { submission: SubmissionDetail; error: Error | null }) {
  const texts = useTexts().review
  const { number } = useFormat()
  const [dialog, setDialog] = useState<'approve' | 'reject' | 'keys'>()
  const [on, turn] = useShortcutChoice()
  const { turn: turnClaim } = useClaimTurn(submission)
  const neighbours = useNeighbours(submission.id)
  const isWaiting = submission.state === 'pending_review'
  const close = () => setDialog(undefined)
  useShortcuts(on, {
    ...(isWaiting ? { a: () => setDialog('approve'), r: () => setDialog('reject'), c: turnClaim } : {}),
    ...(neighbours.next ? { j: neighbours.next } : {}),
    ...(neighbours.previous ? { k: neighbours.previous } : {}),
    '?': () => setDialog('keys'),
  })
  const { submittedBy, submittedAt, position, digest } = submission
  const lead = (
    <>
      <bdi>{texts.submittedBy(submittedBy)}</bdi>, <TimeAgo at={submittedAt} />
      {position !== null && `, ${texts.placeInQueue(number(position))}`}
    </>
  )
  return (
    <DeskPage title={nameOf(submission)} lead={lead}>
      <div className={styles.desk}>
        <DecisionBar
          submission={submission}
          neighbours={neighbours}
          dialog={dialog}
          onDialog={setDialog}
          {...{ on, turn }}
        />
        {error && <Problem error={error} />}
        {!isWaiting && <DecidedNotice submission={submission} />}
        <ClaimedNotice submission={submission} />
        <p className={styles.digest}>
          <span>{texts.digest}</span> <code>{digest}</code>
        </p>
        <ResubmissionPanel submission={submission} />
        <DeltaPanel submission={submission} />
        <FindingsPanel submission={submission} />
        <DeskTabs submission={submission} />
      </div>
      {dialog === 'approve' && <ApproveDialog submissions={[submission]} onClose={close} />}
      {dialog === 'reject' && <RejectDialog submission={submission} onClose={close} />}
    </DeskPage>
  )
}
