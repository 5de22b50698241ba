import { lazy, Suspense } from 'react'
import { Skeleton } from './skeleton.tsx'

const MarkdownText = lazy(() => import('./markdown-text.tsx'))

/** A plugin's own text. Nothing in it runs, asks another host for anything, or leaves its place on the page. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <MarkdownText text={text} />
    </Suspense>
  )
}
