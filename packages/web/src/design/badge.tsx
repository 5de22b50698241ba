import type { ReactNode } from 'react'
import styles from './badge.module.css'
import type { Tone } from './notice.tsx'

/** A word or two about the state of something. */
export function Badge({ tone, children }: { tone?: Tone; children: ReactNode }) {
  return <span className={tone ? `${styles.badge} ${styles[tone]}` : styles.badge}>{children}</span>
}
