import type { Submission } from '@plexica/api'
import { useSession } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { useReview } from './review-queries.ts'
import { nameOf } from './submission-name.ts'

/** Whether whoever is signed in looks at this submission. */
export function useIsMine(): (submission: Submission) => boolean {
  const { session } = useSession()
  return ({ claim }) => claim !== null && claim.by === session?.subject
}

/** Claims a submission or lets go of it; what somebody else has is not taken by mistake. */
export function useClaimTurn(submission: Submission) {
  const texts = useTexts().review
  const say = useToast()
  const isMine = useIsMine()(submission)
  const { claim, release } = useReview(submission.id)
  const onError = (error: Error) => say(error.message, 'bad')
  const turn = () => {
    const name = nameOf(submission)
    if (isMine) release.mutate(undefined, { onError, onSuccess: () => say(texts.released(name)) })
    else claim.mutate(false, { onError, onSuccess: () => say(texts.claimed(name)) })
  }
  return { turn, isMine, busy: claim.isPending || release.isPending }
}

export function ClaimButton({ submission, small = false }: { submission: Submission; small?: boolean }) {
  const texts = useTexts().review
  const { turn, isMine, busy } = useClaimTurn(submission)
  if (submission.claim && !isMine) return null
  const label = isMine ? texts.releaseNamed(nameOf(submission)) : texts.claimNamed(nameOf(submission))
  return (
    <Button small={small} busy={busy} onClick={turn} aria-label={label} data-claim={submission.id}>
      {isMine ? texts.release : texts.claim}
    </Button>
  )
}
