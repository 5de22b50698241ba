import { lazy, Suspense } from 'react'
import { Skeleton } from './skeleton.tsx'

const MarkdownText = lazy(() => import('./markdown-text.tsx'))

/**
 * A plugin's own text. Nothing in it runs, asks another host for anything, or leaves its place on the page. Of its
 * pictures, those below the address `pictures` are shown, and those written relative to it.
 */
export function Markdown({ text, pictures }: { text: string; pictures?: string | undefined }) {
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <MarkdownText text={text} pictures={pictures} />
    </Suspense>
  )
}
