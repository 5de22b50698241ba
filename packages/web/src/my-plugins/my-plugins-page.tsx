import { Page } from '../design/page.tsx'

export function MyPluginsPage() {
  return <Page title="MyPluginsPage">…</Page>
}
