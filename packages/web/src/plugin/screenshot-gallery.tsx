import type { PluginDetail } from '@plexica/api'
import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { Screenshot } from './screenshot.tsx'
import styles from './screenshot-gallery.module.css'

export type Screenshots = PluginDetail['screenshots']

const ScreenshotViewer = lazy(() => import('./screenshot-viewer.tsx'))

/** A row of pictures, each of which opens large; nothing where there are none. */
export function ScreenshotGallery({ screenshots }: { screenshots: Screenshots }) {
  const texts = useTexts().plugin
  const [open, setOpen] = useState<number>()
  if (screenshots.length === 0) return null
  return (
    <section className={styles.gallery}>
      <h2 className="visually-hidden">{texts.screenshots}</h2>
      <ul className={`plain-list ${styles.row}`}>
        {screenshots.map(({ url, alt }, index) => (
          <li key={index}>
            <button
              type="button"
              className={styles.thumbnail}
              aria-label={texts.enlarge(alt)}
              aria-haspopup="dialog"
              onClick={() => setOpen(index)}
            >
              {/* Those beside the window come when they are scrolled to. */}
              <Screenshot url={url} missing={alt} loading={index < 4 ? 'eager' : 'lazy'} width={320} height={200} />
            </button>
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <Suspense>
          <ScreenshotViewer screenshots={screenshots} at={open} onMove={setOpen} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </section>
  )
}
