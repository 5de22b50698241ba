import { CircleX } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useTexts } from '../language/language.tsx'

/** Where a page itself failed. The rest of the pages goes on. */
export function BrokenPage() {
  const texts = useTexts().app
  return (
    <EmptyState
      level={1}
      picture={<CircleX size={40} aria-hidden />}
      title={texts.brokenTitle}
      action={
        <Button kind="primary" onClick={() => window.location.reload()}>
          {texts.reload}
        </Button>
      }
    >
      {texts.brokenLead}
    </EmptyState>
  )
}
