import { useQuery } from '@tanstack/react-query'
import { useMay, useTenantId } from '../app/session.ts'
import { useTexts } from '../language/language.tsx'
import { PluginRow } from './plugin-row.tsx'
import { popularPluginsQuery, recommendedPluginsQuery, trendingPluginsQuery } from './search-plugins.ts'

/** What there is to look at for whoever looks for nothing in particular. */
export function PluginRows() {
  const texts = useTexts().marketplace
  const tenantId = useTenantId()
  const may = useMay()
  return (
    <>
      {tenantId !== null && may('installation:read') && <RecommendedRow tenantId={tenantId} />}
      <PluginRow title={texts.popular} query={useQuery(popularPluginsQuery)} />
      <PluginRow title={texts.trending} query={useQuery(trendingPluginsQuery)} />
    </>
  )
}

function RecommendedRow({ tenantId }: { tenantId: string }) {
  const texts = useTexts().marketplace
  return <PluginRow title={texts.recommended} query={useQuery(recommendedPluginsQuery(tenantId))} />
}
