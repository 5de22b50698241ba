import { useFormat, useTexts } from '../language/language.tsx'
import styles from './stars.module.css'

/** A rating of 0 to 5 as five stars, with the number of ratings behind it when it is given. */
export function Stars({ rating, count }: { rating: number; count?: number }) {
  const texts = useTexts().design
  const format = useFormat()
  if (count === 0) return <span className={styles.none}>{texts.unrated}</span>
  return (
    <span className={styles.stars}>
      <span
        role="img"
        aria-label={texts.stars(format.rating(rating))}
        className={styles.row}
        style={{ backgroundImage: `linear-gradient(90deg, var(--star) ${rating * 20}%, var(--line) 0)` }}
      >
        ★★★★★
      </span>
      {count !== undefined && (
        <span className={styles.count}>
          {format.rating(rating)} ({format.compact(count)})
        </span>
      )}
    </span>
  )
}
