import { Page } from '../design/page.tsx'

export function InstallPage() {
  return <Page title="InstallPage">…</Page>
}
