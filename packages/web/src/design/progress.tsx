import styles from './progress.module.css'

/** How far something is, 0 to 1; without a share it goes on for an unknown time. */
export function Progress({ label, share, words }: { label: string; share?: number | undefined; words?: string }) {
  return (
    <div className={styles.progress}>
      <progress className={styles.bar} aria-label={label} {...(share === undefined ? {} : { value: share, max: 1 })} />
      {words && <span className={styles.words}>{words}</span>}
    </div>
  )
}
