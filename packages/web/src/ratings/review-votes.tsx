import type { Rating } from '@plexica/api'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { useToast } from '../design/toast.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { useVote } from './rating-queries.ts'
import styles from './reviews-panel.module.css'

/** Whether a review helped: buttons for those who may vote, the count for everybody else. */
export function ReviewVotes({ rating, mayVote }: { rating: Rating; mayVote: boolean }) {
  const texts = useTexts().ratings
  const { number } = useFormat()
  const say = useToast()
  const { mutate } = useVote(rating)
  const { helpfulCount, notHelpfulCount, vote } = rating
  if (!mayVote) {
    if (helpfulCount === 0) return null
    return <span className={styles.small}>{texts.helpfulCount(helpfulCount, number(helpfulCount))}</span>
  }
  const votes = [
    { kind: 'helpful', name: texts.helpful, count: helpfulCount, Picture: ThumbsUp },
    { kind: 'not-helpful', name: texts.notHelpful, count: notHelpfulCount, Picture: ThumbsDown },
  ] as const
  return (
    <fieldset className={styles.votes}>
      <legend className="visually-hidden">{texts.votes}</legend>
      {votes.map(({ kind, name, count, Picture }) => (
        <Button
          key={kind}
          small
          aria-pressed={vote === kind}
          className={styles.vote}
          icon={<Picture size={14} aria-hidden />}
          // Once more takes it back.
          onClick={() => mutate(vote === kind ? 'none' : kind, { onError: (error) => say(error.message, 'bad') })}
        >
          {name}
          {count > 0 && ` (${number(count)})`}
        </Button>
      ))}
    </fieldset>
  )
}
