import { Page } from '../design/page.tsx'

export function NotificationsPage() {
  return <Page title="NotificationsPage">…</Page>
}
