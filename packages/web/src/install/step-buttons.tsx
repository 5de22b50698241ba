import type { ReactNode } from 'react'
import { Button } from '../design/button.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './install.module.css'

/** The way back, and on: the last submits the form that it stands in. */
export function StepButtons({ onBack, busy, children }: { onBack: () => void; busy?: boolean; children: ReactNode }) {
  const texts = useTexts().install
  return (
    <div className={styles.buttons}>
      <Button kind="quiet" onClick={onBack}>
        {texts.back}
      </Button>
      <Button type="submit" kind="primary" busy={busy ?? false}>
        {children}
      </Button>
    </div>
  )
}
