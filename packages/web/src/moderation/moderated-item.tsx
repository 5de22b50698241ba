import type { ModeratedRating } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { Markdown } from '../design/markdown.tsx'
import { Notice } from '../design/notice.tsx'
import { Stars } from '../design/stars.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { HideDialog } from './hide-dialog.tsx'
import styles from './moderated-item.module.css'
import { useModerate } from './use-moderate.ts'

/** One review with what was said against it, and what can be done about it. */
export function ModeratedItem({ moderated }: { moderated: ModeratedRating }) {
  const texts = useTexts().moderation
  const say = useToast()
  const [hiding, setHiding] = useState(false)
  const { rating, hiddenBy, openReports, reports } = moderated
  const show = useModerate(rating)
  const showAgain = () =>
    show.mutate(undefined, {
      onSuccess: () => say(rating.hidden ? texts.didRestore : texts.didDismiss),
      onError: ({ message }) => say(message, 'bad'),
    })
  return (
    <article className={styles.item}>
      <header className={styles.header}>
        <h2 className={styles.title}>
          <Link to="/plugins/$pluginId" params={{ pluginId: rating.pluginId }}>
            {texts.about(rating.pluginId)}
          </Link>
        </h2>
        <Stars rating={rating.stars} />
        <p className={styles.facts}>
          {rating.author && <bdi>{texts.by(rating.author.subject, rating.author.tenantId)}</bdi>}
          <span>{texts.onVersion(rating.version)}</span>
          <TimeAgo at={rating.updatedAt} />
        </p>
      </header>
      {rating.review ? <Markdown text={rating.review} /> : <p className={styles.soft}>{texts.noText}</p>}
      {rating.hidden && (
        <Notice tone="warn" title={texts.hidden(hiddenBy ?? texts.operator)}>
          <p dir="auto">{rating.hidden.reason}</p>
        </Notice>
      )}
      {openReports > 0 && (
        <section>
          <h3>{texts.reports(openReports)}</h3>
          <ul className={`plain-list ${styles.reports}`}>
            {reports.map(({ reason, note, by, reportedAt }, index) => (
              <li key={index} className={styles.report}>
                <Badge tone="warn">{texts.reasons[reason]}</Badge>
                <span className={styles.note}>
                  {note && <bdi>{note} </bdi>}
                  <span className={styles.soft}>
                    <bdi>{texts.by(by.subject, by.tenantId ?? texts.operator)}</bdi>, <TimeAgo at={reportedAt} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
          {openReports > reports.length && (
            <p className={styles.soft}>{texts.moreReports(openReports - reports.length)}</p>
          )}
        </section>
      )}
      <footer className={styles.actions}>
        <Button busy={show.isPending} onClick={showAgain}>
          {rating.hidden ? texts.restore : texts.dismiss}
        </Button>
        {!rating.hidden && (
          <Button kind="danger" aria-label={texts.hideNamed(rating.pluginId)} onClick={() => setHiding(true)}>
            {texts.hide} …
          </Button>
        )}
      </footer>
      {hiding && <HideDialog rating={rating} onClose={() => setHiding(false)} />}
    </article>
  )
}
