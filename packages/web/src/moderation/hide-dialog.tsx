import type { Rating } from '@plexica/api'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextAreaField } from '../design/field.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './hide-dialog.module.css'
import { useModerate } from './use-moderate.ts'

/** Asks why a review is hidden. */
export function HideDialog({ rating, onClose }: { rating: Rating; onClose: () => void }) {
  const { moderation: texts, design } = useTexts()
  const say = useToast()
  const form = useId()
  const hide = useModerate(rating)
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const isMissing = reason.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isMissing) return
    hide.mutate(reason.trim(), {
      onSuccess: () => {
        say(texts.didHide)
        onClose()
      },
    })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.hideTitle}
      lead={texts.hideLead}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {design.cancel}
          </Button>
          <Button kind="danger" type="submit" form={form} busy={hide.isPending}>
            {texts.hide}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className={styles.form}>
        <TextAreaField
          label={texts.reason}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          error={checked && isMissing ? texts.reasonMissing : undefined}
          maxLength={1_000}
          dir="auto"
          autoFocus
        />
        {hide.error && <Problem error={hide.error} />}
      </form>
    </Dialog>
  )
}
