import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { buttonClass } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useTexts } from '../language/language.tsx'
import { filtersOf, type MarketplaceSearch, withoutFilters } from './marketplace-search.ts'
import styles from './plugin-results.module.css'

/** In place of the list: what was looked for, and the ways out. */
export function NoResults({ search, total }: { search: MarketplaceSearch; total: number }) {
  const texts = useTexts().marketplace
  const { q, skip: _, ...firstPage } = search
  const isFiltered = filtersOf(search).length > 0
  const picture = <SearchX size={40} aria-hidden />
  if (total > 0) {
    return (
      <EmptyState
        picture={picture}
        title={texts.pastTheEnd}
        action={
          <Link to="/" search={{ ...(q && { q }), ...firstPage }} className={buttonClass({ kind: 'primary' })}>
            {texts.toFirstPage}
          </Link>
        }
      />
    )
  }
  if (!q && !isFiltered) {
    return (
      <EmptyState picture={picture} title={texts.emptyTitle}>
        {texts.emptyLead}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      picture={picture}
      title={q ? texts.nothingFor(q) : texts.nothing}
      action={
        <div className={styles.ways}>
          {isFiltered && (
            <Link to="/" search={withoutFilters(search)} className={buttonClass({ kind: 'primary' })}>
              {texts.clearFilters}
            </Link>
          )}
          <Link to="/" search={{}} className={buttonClass({ kind: isFiltered ? 'plain' : 'primary' })}>
            {texts.showAll}
          </Link>
        </div>
      }
    >
      {isFiltered ? texts.nothingFiltered : texts.nothingLead}
    </EmptyState>
  )
}
