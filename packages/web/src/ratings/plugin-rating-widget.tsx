import type { PluginDetail, Rating } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useMay, useSession } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Markdown } from '../design/markdown.tsx'
import { Notice } from '../design/notice.tsx'
import { Problem } from '../design/problem.tsx'
import { Stars } from '../design/stars.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { RatingForm } from './rating-form.tsx'
import { ownRatingQuery, useDeleteRating } from './rating-queries.ts'
import styles from './reviews-panel.module.css'

/** One’s own rating: to be given, changed and taken back, or why there can be none. */
export function PluginRatingWidget({ plugin: { id, owners } }: { plugin: PluginDetail }) {
  const texts = useTexts().ratings
  const { session, lapsed } = useSession()
  const own = useQuery({ ...ownRatingQuery(id), enabled: session !== null })
  // Where the focus goes when what had it is no longer there.
  const heading = useRef<HTMLHeadingElement>(null)
  return (
    <section className={styles.mine}>
      <h3 ref={heading} tabIndex={-1}>
        {texts.mine}
      </h3>
      {/* What was being typed when a session ended stays. */}
      {session === null && !lapsed ? (
        <p>
          <Link to="/sign-in" search={{ to: `/plugins/${id}?tab=reviews` }}>
            {texts.signIn}
          </Link>
        </p>
      ) : (
        <Loaded query={own}>
          {({ rating, refusal }) => {
            // Most owners belong to no tenant either, which is not why.
            const code = session && owners.includes(session.subject) ? 'own_plugin' : refusal?.code
            const refused = refusal && code ? (texts.refusals[code] ?? refusal.detail) : null
            if (rating) return <OwnRating rating={rating} refused={refused} onDone={() => heading.current?.focus()} />
            if (refused) return <p className={styles.soft}>{refused}</p>
            return <RatingForm pluginId={id} onDone={() => heading.current?.focus()} />
          }}
        </Loaded>
      )}
    </section>
  )
}

function OwnRating({ rating, refused, onDone }: { rating: Rating; refused: string | null; onDone: () => void }) {
  const texts = useTexts().ratings
  const may = useMay()
  const [doing, setDoing] = useState<'edit' | 'delete'>()
  if (doing === 'edit') {
    const close = () => {
      setDoing(undefined)
      onDone()
    }
    return <RatingForm pluginId={rating.pluginId} rating={rating} onDone={close} onCancel={close} />
  }
  return (
    <div className={styles.stack}>
      {rating.hidden && (
        <Notice tone="warn" title={texts.hiddenTitle}>
          <p dir="auto">{rating.hidden.reason}</p>
          <p>{texts.hiddenFix}</p>
        </Notice>
      )}
      <Stars rating={rating.stars} />
      {rating.review && <Markdown text={rating.review} />}
      {refused && <p className={styles.small}>{refused}</p>}
      <div className={styles.buttons}>
        {!refused && (
          <Button small onClick={() => setDoing('edit')}>
            {texts.edit}
          </Button>
        )}
        {may('rating:delete') && !rating.hidden && (
          <Button small kind="quiet" onClick={() => setDoing('delete')}>
            {texts.remove}
          </Button>
        )}
      </div>
      {doing === 'delete' && <DeleteDialog rating={rating} onClose={() => setDoing(undefined)} onDone={onDone} />}
    </div>
  )
}

function DeleteDialog({ rating, onClose, onDone }: { rating: Rating; onClose: () => void; onDone: () => void }) {
  const texts = useTexts()
  const say = useToast()
  const { mutate, isPending, error } = useDeleteRating(rating.pluginId)
  const remove = () =>
    mutate(rating.id, {
      onSuccess: () => {
        say(texts.ratings.removed)
        onDone()
      },
    })
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.ratings.removeTitle}
      lead={texts.ratings.removeLead}
      footer={
        <>
          <Button onClick={onClose}>{texts.design.cancel}</Button>
          <Button kind="danger" busy={isPending} onClick={remove}>
            {texts.ratings.remove}
          </Button>
        </>
      }
    >
      {error && <Problem error={error} />}
    </Dialog>
  )
}
