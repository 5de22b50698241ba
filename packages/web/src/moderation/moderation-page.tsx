import { Page } from '../design/page.tsx'

export function ModerationPage() {
  return <Page title="ModerationPage">…</Page>
}
