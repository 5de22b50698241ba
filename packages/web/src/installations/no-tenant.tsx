import { Building2 } from 'lucide-react'
import { EmptyState } from '../design/empty-state.tsx'
import { usePageTitle } from '../design/page.tsx'
import { useTexts } from '../language/language.tsx'

/** For those who belong to no tenant, such as publishers: plugins are installed for one. */
export function NoTenant() {
  const texts = useTexts().install
  usePageTitle(texts.noTenant)
  return (
    <EmptyState level={1} picture={<Building2 size={40} aria-hidden />} title={texts.noTenant}>
      {texts.noTenantLead}
    </EmptyState>
  )
}
