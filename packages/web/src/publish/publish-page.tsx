import { Page } from '../design/page.tsx'

export function PublishPage() {
  return <Page title="PublishPage">…</Page>
}
