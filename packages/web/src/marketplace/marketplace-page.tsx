import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Page } from '../design/page.tsx'
import { Sheet } from '../design/sheet.tsx'
import { useMedia } from '../design/use-media.ts'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './marketplace-page.module.css'
import { filtersOf, isFrontPage } from './marketplace-search.ts'
import { PluginFilters } from './plugin-filters.tsx'
import { PluginResults } from './plugin-results.tsx'
import { PluginRows } from './plugin-rows.tsx'
import { PluginSearchBar } from './plugin-search-bar.tsx'
import { searchPluginsQuery } from './search-plugins.ts'
import { SortSelect } from './sort-select.tsx'

/** Where tenants look for plugins. What is looked for stands in the address. */
export function MarketplacePage() {
  const texts = useTexts().marketplace
  const { number } = useFormat()
  const search = useSearch({ from: '/' })
  const found = useQuery(searchPluginsQuery(search))
  const isWide = useMedia('(width > 60rem)')
  const [isSheetOpen, setSheetOpen] = useState(false)
  const closeSheet = () => setSheetOpen(false)
  const filterCount = filtersOf(search).length
  const total = found.data?.total ?? 0
  return (
    <Page title={texts.title} lead={texts.lead}>
      <div className={styles.search}>
        <PluginSearchBar />
      </div>
      {isFrontPage(search) && <PluginRows />}
      <div className={styles.columns}>
        {isWide && (
          <aside aria-label={texts.filters}>
            <PluginFilters facets={found.data?.facets} />
          </aside>
        )}
        <PluginResults
          found={found}
          controls={
            <div className={styles.controls}>
              {!isWide && (
                <Button
                  icon={<SlidersHorizontal size={16} aria-hidden />}
                  aria-haspopup="dialog"
                  onClick={() => setSheetOpen(true)}
                >
                  {texts.filters}
                  {filterCount > 0 && ` (${number(filterCount)})`}
                </Button>
              )}
              <SortSelect />
            </div>
          }
        />
      </div>
      {isSheetOpen && (
        <Sheet
          title={texts.filters}
          onClose={closeSheet}
          footer={
            <Button kind="primary" onClick={closeSheet}>
              {texts.show(total, number(total))}
            </Button>
          }
        >
          <PluginFilters facets={found.data?.facets} />
        </Sheet>
      )}
    </Page>
  )
}
