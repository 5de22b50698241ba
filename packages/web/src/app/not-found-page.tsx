import { Link } from '@tanstack/react-router'
import { MapPinOff } from 'lucide-react'
import { buttonClass } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { usePageTitle } from '../design/page.tsx'
import { useTexts } from '../language/language.tsx'

/** For addresses without a page, and for what is not there or not for whoever asks, which is the same. */
export function NotFoundPage() {
  const texts = useTexts().app
  usePageTitle(texts.notFoundTitle)
  return (
    <EmptyState
      level={1}
      picture={<MapPinOff size={40} aria-hidden />}
      title={texts.notFoundTitle}
      action={
        <Link to="/" className={buttonClass({ kind: 'primary' })}>
          {texts.toMarketplace}
        </Link>
      }
    >
      {texts.notFoundLead}
    </EmptyState>
  )
}
