import { Skeleton, SkeletonBlock } from '../design/skeleton.tsx'
import styles from './plugin-head.module.css'

/** The head's outline, so that nothing jumps when the plugin comes. */
export function PluginPageSkeleton() {
  return (
    <>
      <div className={styles.head}>
        <SkeletonBlock width="80px" height="80px" />
        <div className={styles.words}>
          <SkeletonBlock width="min(18rem, 70%)" height="2.5rem" />
          <SkeletonBlock width="8rem" />
          <SkeletonBlock width="min(40rem, 100%)" height="1.5em" />
          <SkeletonBlock width="min(24rem, 90%)" />
        </div>
      </div>
      <Skeleton lines={6} />
    </>
  )
}
