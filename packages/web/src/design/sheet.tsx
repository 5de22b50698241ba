import { X } from 'lucide-react'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useTexts } from '../language/language.tsx'
import { IconButton } from './button.tsx'
import styles from './sheet.module.css'

/**
 * What comes up from below on a phone: the browser's own modal dialog, which holds the focus and gives it back. Escape
 * and a touch beside it close it. It is there as long as it is rendered.
 */
export function Sheet({
  title,
  onClose,
  children,
  footer,
}: {
  title: string
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
}) {
  const texts = useTexts().design
  const sheet = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Closed before it goes away, and not after: then the browser knows where the focus was.
  useLayoutEffect(() => {
    const dialog = sheet.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the browser knows it
    <dialog
      ref={sheet}
      className={styles.sheet}
      aria-labelledby={titleId}
      // Of one that was opened again since it was closed, nothing is to be told.
      onClose={() => sheet.current?.open || onClose()}
      onClick={({ target }) => target === sheet.current && onClose()}
    >
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <IconButton label={texts.close} small onClick={onClose}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.body}>{children}</div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </dialog>
  )
}
