import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './install.module.css'

/** A few steps that introduce the plugin, one at a time. */
export function TourDialog({
  name,
  steps,
  onClose,
}: {
  name: string
  steps: readonly { title: string; text: string }[]
  onClose: () => void
}) {
  const texts = useTexts().install
  const [at, setAt] = useState(0)
  const step = steps[at]
  const isLast = at === steps.length - 1
  return (
    <Dialog
      open
      onClose={onClose}
      title={texts.tourTitle(name)}
      lead={texts.tourPlace(at + 1, steps.length)}
      footer={
        <>
          {at > 0 && <Button onClick={() => setAt(at - 1)}>{texts.back}</Button>}
          <Button kind="primary" onClick={() => (isLast ? onClose() : setAt(at + 1))}>
            {isLast ? texts.tourEnd : texts.next}
          </Button>
        </>
      }
    >
      <div aria-live="polite" className={styles.part}>
        <h3 dir="auto">{step?.title}</h3>
        <p dir="auto">{step?.text}</p>
      </div>
    </Dialog>
  )
}
