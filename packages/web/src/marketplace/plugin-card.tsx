import type { PluginSummary } from '@plexica/api'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { Stars } from '../design/stars.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './plugin-card.module.css'

/** A plugin in a list. */
export function PluginCard({ plugin }: { plugin: PluginSummary }) {
  const texts = useTexts().marketplace
  const { compact } = useFormat()
  const { id, name, description, icon, averageRating, ratingCount, installCount } = plugin
  return (
    <article className={styles.card}>
      <header className={styles.header}>
        <PluginIcon id={id} name={name} icon={icon} />
        <h3 className={styles.name} dir="auto">
          {name}
        </h3>
      </header>
      <p className={styles.description} dir="auto">
        {description}
      </p>
      <footer className={styles.footer}>
        <Stars rating={averageRating} count={ratingCount} />
        <span>{texts.installs(compact(installCount))}</span>
      </footer>
    </article>
  )
}
