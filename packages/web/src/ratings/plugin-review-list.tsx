import type { Client, PluginDetail } from '@plexica/api'
import { useRef } from 'react'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { SelectField } from '../design/field.tsx'
import { Pager } from '../design/pager.tsx'
import { useTexts } from '../language/language.tsx'
import { type RatingSort, type RatingStars, reviewsTaken } from './rating-queries.ts'
import { ReviewEntry } from './review-entry.tsx'
import styles from './reviews-panel.module.css'

/** Which reviews are shown, and in which order. */
export interface ReviewChoice {
  readonly sort: RatingSort
  readonly stars: RatingStars | undefined
  readonly skip: number
}

const allStars: readonly RatingStars[] = [5, 4, 3, 2, 1]

/** The reviews of a plugin, a page at a time. */
export function PluginReviewList({
  plugin,
  page: { ratings, total, summary },
  choice: { sort, stars, skip },
  isOld,
  onChoose,
  onSkip,
}: {
  plugin: PluginDetail
  page: Awaited<ReturnType<Client['listRatings']>>
  choice: ReviewChoice
  /** Another page was asked for and has not come yet. */
  isOld: boolean
  onChoose: (choice: Pick<ReviewChoice, 'sort' | 'stars'>) => void
  onSkip: (skip: number) => void
}) {
  const texts = useTexts().ratings
  const list = useRef<HTMLDivElement>(null)
  if (summary.count === 0) return <EmptyState title={texts.none}>{texts.noneLead}</EmptyState>
  const sorts = Object.entries(texts.sorts) as [RatingSort, string][]
  return (
    <div ref={list} className={styles.list} tabIndex={-1} aria-busy={isOld}>
      <div className={styles.choices}>
        <SelectField
          label={texts.sort}
          value={sort}
          onChange={({ target }) => onChoose({ sort: sorts.find(([id]) => id === target.value)?.[0] ?? sort, stars })}
        >
          {sorts.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={texts.filter}
          value={stars ?? ''}
          onChange={({ target }) => onChoose({ sort, stars: allStars.find((one) => String(one) === target.value) })}
        >
          <option value="">{texts.allStars}</option>
          {allStars.map((one) => (
            <option key={one} value={one}>
              {texts.stars(one)}
            </option>
          ))}
        </SelectField>
      </div>
      {ratings.length === 0 ? (
        <EmptyState
          title={texts.noneOfStars}
          action={<Button onClick={() => onChoose({ sort, stars: undefined })}>{texts.showAll}</Button>}
        />
      ) : (
        <ol className="plain-list">
          {ratings.map((rating) => (
            <ReviewEntry key={rating.id} rating={rating} owners={plugin.owners} />
          ))}
        </ol>
      )}
      <Pager
        skip={skip}
        take={reviewsTaken}
        total={total}
        onSkip={(next) => {
          onSkip(next)
          list.current?.focus()
        }}
      />
    </div>
  )
}
