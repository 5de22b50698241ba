import type { ReactNode } from 'react'
import { Page } from '../design/page.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './desk-page.module.css'
import { deskNavigation } from './navigation.ts'
import { NavigationLinks } from './navigation-links.tsx'

/** A page of the desk, with the way to the desk's other pages above it. */
export function DeskPage(page: { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const texts = useTexts().app
  return (
    <>
      <div className={styles.desk}>
        <NavigationLinks label={texts.desk} entries={deskNavigation} />
      </div>
      <Page {...page} />
    </>
  )
}
