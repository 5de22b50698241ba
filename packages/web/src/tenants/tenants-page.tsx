import { Page } from '../design/page.tsx'

export function TenantsPage() {
  return <Page title="TenantsPage">…</Page>
}
