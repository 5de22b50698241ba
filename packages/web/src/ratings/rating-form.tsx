import type { Rating } from '@plexica/api'
import { type SubmitEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { MarkdownField } from './markdown-field.tsx'
import { useRate } from './rating-queries.ts'
import styles from './reviews-panel.module.css'
import { StarInput } from './star-input.tsx'

/** Stars and words about a plugin; with `rating`, instead of what was said before. */
export function RatingForm({
  pluginId,
  rating,
  onDone,
  onCancel,
}: {
  pluginId: string
  rating?: Rating
  onDone: () => void
  onCancel?: () => void
}) {
  const { ratings: texts, design } = useTexts()
  const say = useToast()
  const [stars, setStars] = useState<number | undefined>(rating?.stars)
  const [review, setReview] = useState(rating?.review ?? '')
  const [isMissing, setMissing] = useState(false)
  const { mutate, isPending, error } = useRate(pluginId)
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setMissing(stars === undefined)
    if (stars === undefined) {
      event.currentTarget.querySelector('input')?.focus()
      return
    }
    const onSuccess = () => {
      say(texts.saved)
      onDone()
    }
    mutate({ stars, review }, { onSuccess })
  }
  return (
    <form className={styles.stack} onSubmit={send} noValidate>
      <StarInput
        legend={texts.rateLegend}
        value={stars}
        onChange={setStars}
        error={isMissing && stars === undefined ? texts.starsMissing : undefined}
        autoFocus={rating !== undefined}
      />
      {stars !== undefined && (
        <>
          <MarkdownField
            label={texts.text}
            hint={texts.textHint}
            optional={texts.optional}
            value={review}
            onChange={setReview}
          />
          <p className={styles.small}>{texts.privacy}</p>
        </>
      )}
      {error && <Problem error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" busy={isPending}>
          {rating ? texts.save : texts.send}
        </Button>
        {onCancel && <Button onClick={onCancel}>{design.cancel}</Button>}
      </div>
    </form>
  )
}
