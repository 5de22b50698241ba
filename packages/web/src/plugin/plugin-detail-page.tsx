import { Page } from '../design/page.tsx'

export function PluginDetailPage() {
  return <Page title="PluginDetailPage">…</Page>
}
