import type { Submission } from '@plexica/api'
import { type FormEvent, useId, useState } from 'react'
import { useSession } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextAreaField } from '../design/field.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { type Draft, PointFields } from './point-fields.tsx'
import styles from './reject-dialog.module.css'
import { useReview } from './review-queries.ts'
import { nameOf } from './submission-name.ts'

/** As many as a rejection may have. */
const mostPoints = 50

/** Asks for what the author has to change: the reason, and points that begin as what the checks found. */
export function RejectDialog({ submission, onClose }: { submission: Submission; onClose: () => void }) {
  const { review: texts, design } = useTexts()
  const say = useToast()
  const form = useId()
  const { session } = useSession()
  const { reject } = useReview(submission.id)
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const [points, setPoints] = useState<readonly Draft[]>(() =>
    submission.findings
      .filter(({ severity }) => severity !== 'info')
      .slice(0, mostPoints)
      .map(({ code, path = '', line, message }, key) => ({
        key,
        code,
        path,
        message: line === undefined ? message : texts.atLine(line, message),
      })),
  )
  const isMissing = reason.trim() === ''

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (isMissing || points.some(({ message }) => message.trim() === '')) return
    reject.mutate(
      { reason: reason.trim(), points: points.map(pointOf) },
      {
        onSuccess: ({ decidedBy }) => {
          const isOthers = decidedBy !== null && decidedBy !== session?.subject
          say(isOthers ? texts.rejectedBy(decidedBy) : texts.rejected(nameOf(submission)))
          onClose()
        },
      },
    )
  }
  const change = (key: number, next: Partial<Draft>) =>
    setPoints((before) => before.map((point) => (point.key === key ? { ...point, ...next } : point)))
  const add = () =>
    setPoints((before) => {
      const key = Math.max(-1, ...before.map((point) => point.key)) + 1
      return [...before, { key, code: '', path: '', message: '' }]
    })

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={texts.rejectTitle(nameOf(submission))}
      lead={texts.rejectLead}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {design.cancel}
          </Button>
          <Button kind="danger" type="submit" form={form} busy={reject.isPending}>
            {texts.reject}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className={styles.form}>
        <p className={styles.digest}>
          {texts.digest} <code>{submission.digest}</code>
        </p>
        <TextAreaField
          label={texts.reason}
          hint={texts.reasonHint}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          error={checked && isMissing ? texts.reasonMissing : undefined}
          maxLength={2_000}
          dir="auto"
          autoFocus
        />
        <h3>{texts.points}</h3>
        <p className={styles.hint}>{texts.pointsHint}</p>
        {points.map((point, index) => (
          <PointFields
            key={point.key}
            point={point}
            number={index + 1}
            checked={checked}
            onChange={(next) => change(point.key, next)}
            onRemove={() => setPoints((before) => before.filter(({ key }) => key !== point.key))}
          />
        ))}
        <div>
          <Button small onClick={add} disabled={points.length >= mostPoints}>
            {texts.addPoint}
          </Button>
        </div>
        {reject.error && <Problem error={reject.error} />}
      </form>
    </Dialog>
  )
}

function pointOf({ code, path, message }: Draft) {
  return {
    message: message.trim(),
    ...(code.trim() ? { code: code.trim() } : {}),
    ...(path.trim() ? { path: path.trim() } : {}),
  }
}
