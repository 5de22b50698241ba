import type { ReactNode } from 'react'
import { useTexts } from '../language/language.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Problem } from './problem.tsx'

/** Asks once more before something is done, and stays with the problem when it was not. */
export function ConfirmDialog({
  title,
  lead,
  act,
  danger = false,
  busy,
  error,
  onConfirm,
  onClose,
  children,
}: {
  title: string
  lead: string
  /** On the button that does it. */
  act: string
  danger?: boolean
  busy: boolean
  error: unknown
  onConfirm: () => void
  onClose: () => void
  children?: ReactNode
}) {
  const texts = useTexts().design
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      lead={lead}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {act}
          </Button>
        </>
      }
    >
      {children}
      {error != null && <Problem error={error} />}
    </Dialog>
  )
}
