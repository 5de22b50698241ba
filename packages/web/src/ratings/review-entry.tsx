import type { Rating } from '@plexica/api'
import { Flag } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useMay, useSession } from '../app/session.ts'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { Markdown } from '../design/markdown.tsx'
import { Stars } from '../design/stars.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useTexts } from '../language/language.tsx'
import { ReviewReply } from './review-reply.tsx'
import { ReviewVotes } from './review-votes.tsx'
import styles from './reviews-panel.module.css'

const ReportDialog = lazy(() => import('./report-dialog.tsx'))

/** One review with its votes and the owners’ reply. */
export function ReviewEntry({ rating, owners }: { rating: Rating; owners: readonly string[] }) {
  const texts = useTexts().ratings
  const { session } = useSession()
  const may = useMay()
  const [isReporting, setReporting] = useState(false)
  const { stars, review, version, author, mine, createdAt, updatedAt } = rating
  const isOwner = session !== null && owners.includes(session.subject)
  const who = mine ? texts.you : author ? texts.colleague(author.subject) : texts.somebody
  return (
    <li>
      <article className={styles.review}>
        <header className={styles.reviewHead}>
          <h3 className={styles.who}>
            <bdi>{who}</bdi>
          </h3>
          <Stars rating={stars} />
          <Badge>{texts.version(version)}</Badge>
          <span className={styles.soft}>
            <TimeAgo at={createdAt} />
            {updatedAt !== createdAt && ` (${texts.edited})`}
          </span>
        </header>
        {review && (
          <div className={styles.words}>
            <Markdown text={review} />
          </div>
        )}
        <div className={styles.buttons}>
          <ReviewVotes
            rating={rating}
            mayVote={may('rating:write') && session?.tenantId !== null && !mine && !isOwner}
          />
          {may('rating:report') && !mine && (
            <Button
              small
              kind="quiet"
              icon={<Flag size={14} aria-hidden />}
              onClick={() => setReporting(true)}
              aria-haspopup="dialog"
            >
              {texts.report}
            </Button>
          )}
        </div>
        <ReviewReply rating={rating} mayWrite={isOwner && may('rating:reply')} />
        {isReporting && (
          <Suspense>
            <ReportDialog rating={rating} onClose={() => setReporting(false)} />
          </Suspense>
        )}
      </article>
    </li>
  )
}
