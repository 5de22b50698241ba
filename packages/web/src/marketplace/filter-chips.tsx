import { Link, useSearch } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { buttonClass } from '../design/button.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './filter-chips.module.css'
import { type Filter, filtersOf, withoutFilter, withoutFilters } from './marketplace-search.ts'

/** The filters that are on, each with a way to take it away. They are links: a search without one is another search. */
export function FilterChips() {
  const texts = useTexts().marketplace
  const search = useSearch({ from: '/' })
  const filters = filtersOf(search)
  if (filters.length === 0) return null
  return (
    <ul className={`plain-list ${styles.chips}`} aria-label={texts.filtersOn}>
      {filters.map((filter) => (
        <li key={`${filter.kind} ${filter.value}`}>
          <Link to="/" search={withoutFilter(search, filter)} resetScroll={false} className={styles.chip}>
            <span className="visually-hidden">{texts.remove} </span>
            <FilterName filter={filter} />
            <X size={14} aria-hidden />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to="/"
          search={withoutFilters(search)}
          resetScroll={false}
          className={buttonClass({ kind: 'quiet', small: true })}
        >
          {texts.clearFilters}
        </Link>
      </li>
    </ul>
  )
}

function FilterName({ filter }: { filter: Filter }) {
  const { marketplace: texts, categories } = useTexts()
  if (filter.kind === 'category') return categories[filter.value]
  if (filter.kind === 'priceType') return texts.priceTypes[filter.value]
  if (filter.kind === 'minRating') return texts.starsAndMore(filter.value)
  return texts.current
}
