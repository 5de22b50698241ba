import type { Rating } from '@plexica/api'
import { type SubmitEvent, useRef, useState } from 'react'
import { isRole, useSession } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Markdown } from '../design/markdown.tsx'
import { Problem } from '../design/problem.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { MarkdownField } from './markdown-field.tsx'
import { useDeleteReply, useReply } from './rating-queries.ts'
import styles from './reviews-panel.module.css'

/** The owners’ answer to a review; they write it, change it and take it back here. */
export function ReviewReply({ rating, mayWrite }: { rating: Rating; mayWrite: boolean }) {
  const texts = useTexts().ratings
  const say = useToast()
  const { session } = useSession()
  const [isWriting, setWriting] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const { mutate: remove, isPending } = useDeleteReply(rating)
  const { reply } = rating
  const mayRemove = mayWrite || (isRole(session, 'super-admin') && session?.permissions.includes('rating:reply'))
  const close = () => {
    setWriting(false)
    place.current?.focus()
  }
  return (
    <div ref={place} tabIndex={-1} className={styles.place}>
      {isWriting ? (
        <ReplyForm rating={rating} onDone={close} />
      ) : (
        <>
          {reply && (
            <section className={styles.reply}>
              <h4>{texts.replyOf}</h4>
              <p className={styles.small}>
                <bdi>{reply.by}</bdi> · <TimeAgo at={reply.repliedAt} />
              </p>
              <Markdown text={reply.text} />
            </section>
          )}
          <div className={styles.buttons}>
            {mayWrite && (
              <Button small onClick={() => setWriting(true)}>
                {reply ? texts.editReply : texts.reply}
              </Button>
            )}
            {reply && mayRemove && (
              <Button
                small
                kind="quiet"
                busy={isPending}
                onClick={() =>
                  remove(undefined, {
                    onSuccess: () => {
                      say(texts.replyRemoved)
                      place.current?.focus()
                    },
                    onError: (error) => say(error.message, 'bad'),
                  })
                }
              >
                {texts.removeReply}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  )
}

function ReplyForm({ rating, onDone }: { rating: Rating; onDone: () => void }) {
  const { ratings: texts, design } = useTexts()
  const say = useToast()
  const [text, setText] = useState(rating.reply?.text ?? '')
  const [wasSent, setSent] = useState(false)
  const { mutate, isPending, error } = useReply(rating)
  const isEmpty = text.trim() === ''
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    setSent(true)
    if (isEmpty) return
    const onSuccess = () => {
      say(texts.replied)
      onDone()
    }
    mutate(text, { onSuccess })
  }
  return (
    <form className={styles.stack} onSubmit={send} noValidate>
      <MarkdownField
        label={texts.replyText}
        hint={texts.replyHint}
        value={text}
        onChange={setText}
        error={wasSent && isEmpty ? texts.replyMissing : undefined}
        autoFocus
      />
      {error && <Problem error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" small busy={isPending}>
          {texts.sendReply}
        </Button>
        <Button small onClick={onDone}>
          {design.cancel}
        </Button>
      </div>
    </form>
  )
}
