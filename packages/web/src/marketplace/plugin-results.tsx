import type { UseQueryResult } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { Loaded } from '../design/loaded.tsx'
import { Pager } from '../design/pager.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { FilterChips } from './filter-chips.tsx'
import { useInstalledPlugins } from './installed-plugins.ts'
import { pageSize } from './marketplace-search.ts'
import { NoResults } from './no-results.tsx'
import { PluginCard } from './plugin-card.tsx'
import { PluginCardSkeletons } from './plugin-card-skeleton.tsx'
import grid from './plugin-grid.module.css'
import styles from './plugin-results.module.css'
import type { Found } from './search-plugins.ts'
import { useChangeSearch } from './use-change-search.ts'

/** One page of what was found, and the way to the others. `controls` stand beside the heading. */
export function PluginResults({ found, controls }: { found: UseQueryResult<Found>; controls: ReactNode }) {
  const texts = useTexts().marketplace
  const { number } = useFormat()
  const search = useSearch({ from: '/' })
  const change = useChangeSearch()
  const heading = useRef<HTMLHeadingElement>(null)
  const total = found.data?.total
  const turnTo = (skip: number) => {
    change((before) => ({ ...before, ...(skip > 0 && { skip }) }))
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'start' })
  }
  return (
    <section className={styles.results}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h2 ref={heading} tabIndex={-1} className={styles.title} dir="auto">
            {search.q ? texts.resultsFor(search.q) : texts.all}
          </h2>
          <p role="status" className={styles.total}>
            {total !== undefined && texts.total(total, number(total))}
          </p>
        </div>
        {controls}
      </header>
      <FilterChips />
      <div aria-busy={found.isPlaceholderData} className={styles.found}>
        <Loaded query={found} skeleton={<PluginCardSkeletons count={12} className={grid.grid} />}>
          {({ plugins, total, search: shown }) =>
            plugins.length === 0 ? (
              <NoResults search={shown} total={total} />
            ) : (
              <>
                <PluginGrid plugins={plugins} />
                <Pager skip={search.skip ?? 0} take={pageSize} total={total} onSkip={turnTo} />
              </>
            )
          }
        </Loaded>
      </div>
    </section>
  )
}

function PluginGrid({ plugins }: Pick<Found, 'plugins'>) {
  const installed = useInstalledPlugins()
  const pictured = plugins.some(({ screenshot }) => screenshot !== null)
  return (
    <ul className={`plain-list ${grid.grid}`}>
      {plugins.map((plugin) => (
        <li key={plugin.id}>
          <PluginCard plugin={plugin} installed={installed?.has(plugin.id) ?? false} pictured={pictured} />
        </li>
      ))}
    </ul>
  )
}
