import type { PluginDetail } from '@plexica/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Loaded } from '../design/loaded.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useTexts } from '../language/language.tsx'
import { PluginRatingWidget } from './plugin-rating-widget.tsx'
import { PluginReviewList, type ReviewChoice } from './plugin-review-list.tsx'
import { RatingDistribution } from './rating-distribution.tsx'
import { ratingsQuery, reviewsTaken } from './rating-queries.ts'
import styles from './reviews-panel.module.css'

/** What people say of a plugin: all of it in numbers, one’s own, and the reviews. */
export function ReviewsPanel({
  plugin,
  choice,
  onChoose,
  onSkip,
}: {
  plugin: PluginDetail
  choice: ReviewChoice
  onChoose: (choice: Pick<ReviewChoice, 'sort' | 'stars'>) => void
  onSkip: (skip: number) => void
}) {
  const texts = useTexts().ratings
  const { sort, stars, skip } = choice
  const query = { sortBy: sort, skip, take: reviewsTaken, ...(stars ? { stars } : {}) }
  const ratings = useQuery({ ...ratingsQuery(plugin.id, query), placeholderData: keepPreviousData })
  return (
    <div className={styles.columns}>
      <h2 className="visually-hidden">{texts.title}</h2>
      <div className={styles.side}>
        <Loaded query={ratings} skeleton={<Skeleton lines={6} />}>
          {({ summary }) => (summary.count > 0 ? <RatingDistribution summary={summary} /> : null)}
        </Loaded>
        <PluginRatingWidget plugin={plugin} />
      </div>
      <Loaded query={ratings} skeleton={<Skeleton lines={10} />}>
        {(page) => (
          <PluginReviewList
            plugin={plugin}
            page={page}
            choice={choice}
            isOld={ratings.isPlaceholderData}
            onChoose={onChoose}
            onSkip={onSkip}
          />
        )}
      </Loaded>
    </div>
  )
}
