import type { Rating, ReportReason } from '@plexica/api'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Choice, ChoiceGroup, TextAreaField } from '../design/field.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import styles from './reviews-panel.module.css'

/** Asks a moderator to look at a review, with what is wrong with it. */
export default function ReportDialog({ rating, onClose }: { rating: Rating; onClose: () => void }) {
  const { ratings: texts, design } = useTexts()
  const say = useToast()
  const id = useId()
  const [reason, setReason] = useState<ReportReason>('spam')
  const [note, setNote] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      registry.reportRating({
        params: { pluginId: rating.pluginId, ratingId: rating.id },
        body: { reason, ...(note.trim() ? { note } : {}) },
      }),
    onSuccess: () => {
      say(texts.reported)
      onClose()
    },
  })
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    mutate()
  }
  const reasons = Object.entries(texts.reportReasons) as [ReportReason, string][]
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.reportTitle}
      lead={texts.reportLead}
      footer={
        <>
          <Button onClick={onClose}>{design.cancel}</Button>
          <Button type="submit" form={id} kind="primary" busy={isPending}>
            {texts.sendReport}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.stack} onSubmit={send}>
        <ChoiceGroup legend={texts.reportReason}>
          {reasons.map(([one, name]) => (
            <Choice
              key={one}
              type="radio"
              name={`${id}-reason`}
              label={name}
              checked={one === reason}
              onChange={() => setReason(one)}
            />
          ))}
        </ChoiceGroup>
        <TextAreaField
          label={texts.reportNote}
          optional={texts.optional}
          dir="auto"
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        {error && <Problem error={error} />}
      </form>
    </Dialog>
  )
}
