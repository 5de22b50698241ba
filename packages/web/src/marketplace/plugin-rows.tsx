import { useMay, useTenantId } from '../app/session.ts'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { PluginRow } from './plugin-row.tsx'

/** Plugins in a row. */
const take = 6

/** What there is to look at for whoever looks for nothing in particular. */
export function PluginRows() {
  const texts = useTexts().marketplace
  const tenantId = useTenantId()
  const may = useMay()
  return (
    <>
      {tenantId !== null && may('installation:read') && (
        <PluginRow
          title={texts.recommended}
          queryKey={['plugins', 'recommended', tenantId]}
          queryFn={({ signal }) => registry.recommendedPlugins({ query: { take }, signal })}
        />
      )}
      <PluginRow
        title={texts.popular}
        queryKey={['plugins', 'popular']}
        queryFn={({ signal }) => registry.popularPlugins({ query: { take }, signal })}
      />
      <PluginRow
        title={texts.trending}
        queryKey={['plugins', 'trending']}
        queryFn={({ signal }) => registry.trendingPlugins({ query: { take }, signal })}
      />
    </>
  )
}
