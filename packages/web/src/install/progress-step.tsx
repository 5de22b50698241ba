import { Circle, CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { Problem } from '../design/problem.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './install.module.css'

type Stage = 'waiting' | 'busy' | 'done' | 'failed'
const pictures = { waiting: Circle, busy: LoaderCircle, done: CircleCheck, failed: CircleX }

/** How far it is: what the registry answered, and what the tenant's event stream tells. */
export function ProgressStep({
  sending,
  heard,
  onRetry,
  onBack,
  onNext,
}: {
  sending: { readonly status: 'idle' | 'pending' | 'error' | 'success'; readonly error: unknown }
  /** The tenant's own stream has told of it. */
  heard: boolean
  onRetry: () => void
  onBack: () => void
  onNext: () => void
}) {
  const texts = useTexts().install
  const { status, error } = sending
  const isDone = status === 'success'
  const recorded: Stage = isDone ? 'done' : status === 'error' ? 'failed' : 'busy'
  const told: Stage = heard ? 'done' : isDone ? 'busy' : 'waiting'
  return (
    <>
      <ol className={`plain-list ${styles.stages}`} role="status" aria-live="polite">
        <StageLine stage={recorded} words={texts.stages.recorded[recorded]} />
        <StageLine stage={told} words={texts.stages.told[told]} />
      </ol>
      {status === 'error' && <Problem error={error} onRetry={onRetry} />}
      <div className={styles.buttons}>
        {status === 'error' && (
          <Button kind="quiet" onClick={onBack}>
            {texts.back}
          </Button>
        )}
        {isDone && (
          <Button kind="primary" onClick={onNext}>
            {texts.toSetup}
          </Button>
        )}
      </div>
    </>
  )
}

function StageLine({ stage, words }: { stage: Stage; words: string }) {
  const Picture = pictures[stage]
  return (
    <li className={styles.stage} data-state={stage}>
      <Picture size={20} className={stage === 'busy' ? styles.busy : undefined} aria-hidden />
      {words}
    </li>
  )
}
