import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

/** What stands where a list has nothing: why, and what to do next. */
export function EmptyState({
  picture,
  title,
  level = 2,
  children,
  action,
}: {
  picture?: ReactNode
  title: string
  /** 1 where it stands for the whole page. */
  level?: 1 | 2
  children?: ReactNode
  action?: ReactNode
}) {
  const Heading = `h${level}` as const
  return (
    <div className={styles.empty}>
      {picture && <div className={styles.picture}>{picture}</div>}
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  )
}
