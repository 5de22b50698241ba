import { SkeletonBlock } from '../design/skeleton.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './plugin-card.module.css'

/** Cards in their size, while the plugins come. */
export function PluginCardSkeletons({ count, className }: { count: number; className: string | undefined }) {
  const { loading } = useTexts().design
  return (
    <div role="status" aria-label={loading} className={className}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles.card}>
          <div className={styles.header}>
            <SkeletonBlock width="44px" height="44px" />
            <div className={styles.words}>
              <SkeletonBlock width="70%" height="1.4rem" />
              <SkeletonBlock width="45%" height="1.2rem" />
            </div>
          </div>
          <div className={styles.lines}>
            <SkeletonBlock height="1.1rem" />
            <SkeletonBlock width="80%" height="1.1rem" />
          </div>
          <div className={styles.footer}>
            <SkeletonBlock width="55%" height="1.2rem" />
          </div>
        </div>
      ))}
    </div>
  )
}
