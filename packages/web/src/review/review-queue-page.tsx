import { Page } from '../design/page.tsx'

export function ReviewQueuePage() {
  return <Page title="ReviewQueuePage">…</Page>
}
