import type { Submission } from '@plexica/api'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { useToast } from '../design/toast.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { useIsMine } from './claim-button.tsx'
import { useReview } from './review-queries.ts'
import { nameOf } from './submission-name.ts'

/** Says that another reviewer looks at this one. */
export function ClaimedNotice({ submission }: { submission: Submission }) {
  const texts = useTexts().review
  const { time } = useFormat()
  const say = useToast()
  const isMine = useIsMine()(submission)
  const { claim } = useReview(submission.id)
  if (!submission.claim || isMine) return null
  const { by, until } = submission.claim
  const take = () =>
    claim.mutate(true, {
      onSuccess: () => say(texts.claimed(nameOf(submission))),
      onError: ({ message }) => say(message, 'bad'),
    })
  return (
    <Notice
      tone="warn"
      title={texts.claimedBy(by)}
      action={
        <Button small busy={claim.isPending} onClick={take}>
          {texts.takeOver}
        </Button>
      }
    >
      <p>{texts.claimedUntil(time(until))}</p>
    </Notice>
  )
}
