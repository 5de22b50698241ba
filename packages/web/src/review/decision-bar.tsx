import type { Submission } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowLeft, ArrowUp } from 'lucide-react'
import { Button, buttonClass } from '../design/button.tsx'
import { useTexts } from '../language/language.tsx'
import { ClaimButton } from './claim-button.tsx'
import styles from './decision-bar.module.css'
import { ShortcutHelp } from './shortcut-help.tsx'
import type { Neighbours } from './use-neighbours.ts'

type Dialog = 'approve' | 'reject' | 'keys'

/** Stays in sight where there is room: what can be decided, and the way to the submissions beside this one. */
export function DecisionBar({
  submission,
  neighbours: { previous, next },
  dialog,
  onDialog,
  on,
  turn,
}: {
  submission: Submission
  neighbours: Neighbours
  dialog: Dialog | undefined
  onDialog: (dialog: Dialog | undefined) => void
  on: boolean
  turn: (on: boolean) => void
}) {
  const texts = useTexts().review
  const isWaiting = submission.state === 'pending_review'
  return (
    <div className={styles.bar}>
      <div className={styles.group}>
        <Link to="/desk/review" className={buttonClass({ kind: 'quiet', small: true })}>
          <ArrowLeft size={16} aria-hidden />
          {texts.backToQueue}
        </Link>
        <Button kind="quiet" small disabled={!previous} onClick={previous} icon={<ArrowUp size={16} aria-hidden />}>
          {texts.previousSubmission}
        </Button>
        <Button kind="quiet" small disabled={!next} onClick={next} icon={<ArrowDown size={16} aria-hidden />}>
          {texts.nextSubmission}
        </Button>
        <ShortcutHelp
          keys={['a', 'r', 'c', 'j', 'k', '?']}
          open={dialog === 'keys'}
          onOpen={(open) => onDialog(open ? 'keys' : undefined)}
          {...{ on, turn }}
        />
      </div>
      {isWaiting && (
        <div className={styles.group}>
          <ClaimButton submission={submission} />
          <Button kind="danger" onClick={() => onDialog('reject')}>
            {texts.reject} …
          </Button>
          <Button kind="primary" onClick={() => onDialog('approve')}>
            {texts.approve} …
          </Button>
        </div>
      )}
    </div>
  )
}
