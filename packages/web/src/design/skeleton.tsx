import { useTexts } from '../language/language.tsx'
import styles from './skeleton.module.css'

/** Grey lines where text will be. */
export function Skeleton({ lines = 1 }: { lines?: number }) {
  const texts = useTexts().design
  return (
    <div role="status" aria-label={texts.loading} className={styles.lines}>
      {Array.from({ length: lines }, (_, index) => (
        <SkeletonBlock key={index} width={`${[92, 100, 84, 68][index % 4]}%`} />
      ))}
    </div>
  )
}

/** A grey block of a size, for skeletons of one's own; whoever lays them out says once that something is loading. */
export function SkeletonBlock({ width = '100%', height = '1em' }: { width?: string; height?: string }) {
  return <span className={styles.block} style={{ width, height }} />
}
