import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { IconButton } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { Screenshot } from './screenshot.tsx'
import styles from './screenshot-gallery.module.css'
import type { Screenshots } from './screenshot-gallery.tsx'

/** One screenshot large, over the page; the arrow keys go to the others. */
export default function ScreenshotViewer({
  screenshots,
  at,
  onMove,
  onClose,
}: {
  screenshots: Screenshots
  at: number
  onMove: (at: number) => void
  onClose: () => void
}) {
  const texts = useTexts().plugin
  const { number } = useFormat()
  const { length } = screenshots
  useEffect(() => {
    const step: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
    const move = ({ key }: KeyboardEvent) => {
      const next = at + (step[key] ?? 0)
      if (next !== at && next >= 0 && next < length) onMove(next)
    }
    window.addEventListener('keydown', move)
    return () => window.removeEventListener('keydown', move)
  }, [at, length, onMove])
  const shown = screenshots[at]
  if (!shown) return null
  return (
    <Dialog open wide onClose={onClose} title={texts.screenshotOf(number(at + 1), number(length))}>
      <figure className={styles.stage}>
        <div className={styles.large}>
          <Screenshot url={shown.url} missing={texts.screenshotMissing} width={1280} height={800} />
        </div>
        {/* It says what the picture shows, to everybody, and again when another comes. */}
        <figcaption className={styles.caption} dir="auto" aria-live="polite">
          {shown.alt}
        </figcaption>
        {length > 1 && (
          <div className={styles.way}>
            <IconButton label={texts.previousScreenshot} disabled={at === 0} onClick={() => onMove(at - 1)}>
              <ChevronLeft size={20} aria-hidden />
            </IconButton>
            <IconButton label={texts.nextScreenshot} disabled={at === length - 1} onClick={() => onMove(at + 1)}>
              <ChevronRight size={20} aria-hidden />
            </IconButton>
          </div>
        )}
      </figure>
    </Dialog>
  )
}
