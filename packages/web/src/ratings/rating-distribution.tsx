import type { RatingSummary } from '@plexica/api'
import { Stars } from '../design/stars.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import type { RatingStars } from './rating-queries.ts'
import styles from './reviews-panel.module.css'

const rows: readonly RatingStars[] = [5, 4, 3, 2, 1]

/** What all ratings come to, and how many gave each number of stars. */
export function RatingDistribution({
  summary: { average, smoothed, count, distribution },
}: {
  summary: RatingSummary
}) {
  const texts = useTexts().ratings
  const format = useFormat()
  return (
    <div className={styles.summary}>
      <p className={styles.average}>
        <strong>{format.rating(average)}</strong>
        <span>
          <Stars rating={average} />
          <span className={styles.soft}>{texts.count(count, format.number(count))}</span>
        </span>
      </p>
      <dl className={styles.bars} aria-label={texts.distribution}>
        {rows.map((stars) => {
          const share = distribution[stars] / Math.max(1, count)
          return (
            <div key={stars}>
              <dt>{texts.stars(stars)}</dt>
              <dd>
                <span className={styles.bar} aria-hidden>
                  <span style={{ width: `${share * 100}%` }} />
                </span>
                {texts.starsCount(format.number(distribution[stars]), format.percent(share))}
              </dd>
            </div>
          )
        })}
      </dl>
      <p className={styles.small}>{texts.smoothed(format.rating(smoothed))}</p>
    </div>
  )
}
