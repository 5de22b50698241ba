import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { PluginCard } from './plugin-card.tsx'
import styles from './plugin-grid.module.css'

/** Where tenants look for plugins. */
export function MarketplacePage() {
  const texts = useTexts().marketplace
  const search = useSearch({ from: '/' })
  const found = useQuery({
    queryKey: ['plugins', 'search', search],
    queryFn: ({ signal }) => registry.searchPlugins({ query: search, signal }),
  })
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Loaded query={found}>
        {({ plugins }) => (
          <ul className={`plain-list ${styles.grid}`}>
            {plugins.map((plugin) => (
              <li key={plugin.id}>
                <PluginCard plugin={plugin} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Page>
  )
}
