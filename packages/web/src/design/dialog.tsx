import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { useTexts } from '../language/language.tsx'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** A sentence under the title. */
  lead?: string | undefined
  children: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  wide?: boolean
}

/** A window over the page that holds the focus; Escape and a click beside it close it. */
export function Dialog({ open, onClose, title, lead, children, footer, wide = false }: DialogProps) {
  const texts = useTexts().design
  // What had the focus gets it back: no button of the dialog's own opened it.
  const before = useRef<Element>(null)
  return (
    <Primitive.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className={styles.overlay} />
        <Primitive.Content
          onOpenAutoFocus={() => {
            before.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (before.current instanceof HTMLElement) before.current.focus()
          }}
          className={wide ? `${styles.window} ${styles.wide}` : styles.window}
          {...(lead ? {} : { 'aria-describedby': undefined })}
        >
          <header className={styles.header}>
            <div>
              <Primitive.Title className={styles.title}>{title}</Primitive.Title>
              {lead && <Primitive.Description className={styles.lead}>{lead}</Primitive.Description>}
            </div>
            <Primitive.Close asChild>
              <IconButton label={texts.close} small>
                <X size={18} aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
