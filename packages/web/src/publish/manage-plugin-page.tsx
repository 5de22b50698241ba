import { Page } from '../design/page.tsx'

export function ManagePluginPage() {
  return <Page title="ManagePluginPage">…</Page>
}
