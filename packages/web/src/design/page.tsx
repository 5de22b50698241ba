import { type ReactNode, useEffect } from 'react'
import { useTexts } from '../language/language.tsx'
import styles from './page.module.css'

/** One page: its title, also the window's, a sentence under it, what can be done on it, and what it shows. */
export function Page({
  title,
  lead,
  actions,
  children,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  usePageTitle(title)
  return (
    <>
      <header className={styles.header}>
        <div className={styles.words}>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </>
  )
}

/** For pages with a heading of their own. */
export function usePageTitle(title: string): void {
  const { name } = useTexts().app
  useEffect(() => {
    document.title = `${title} · ${name}`
  }, [title, name])
}
