import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useFormat, useTexts } from '../language/language.tsx'
import { Button } from './button.tsx'
import styles from './pager.module.css'

/** Where in a list one is, and the way on and back. Nothing where one page has it all. */
export function Pager({
  skip,
  take,
  total,
  onSkip,
}: {
  skip: number
  take: number
  total: number
  onSkip: (skip: number) => void
}) {
  const texts = useTexts().design
  const { number } = useFormat()
  if (total <= take && skip === 0) return null
  return (
    <nav className={styles.pager} aria-label={texts.pages}>
      <Button
        small
        icon={<ChevronLeft size={16} aria-hidden />}
        disabled={skip === 0}
        onClick={() => onSkip(Math.max(0, skip - take))}
      >
        {texts.previous}
      </Button>
      <span className={styles.place}>
        {texts.shown(number(Math.min(skip + 1, total)), number(Math.min(skip + take, total)), number(total))}
      </span>
      <Button small disabled={skip + take >= total} onClick={() => onSkip(skip + take)}>
        {texts.next}
        <ChevronRight size={16} aria-hidden />
      </Button>
    </nav>
  )
}
