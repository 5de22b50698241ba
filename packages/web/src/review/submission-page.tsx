import { Page } from '../design/page.tsx'

export function SubmissionPage() {
  return <Page title="SubmissionPage">…</Page>
}
