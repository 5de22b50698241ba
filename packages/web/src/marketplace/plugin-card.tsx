import type { PluginSummary } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { memo, useState } from 'react'
import { Badge } from '../design/badge.tsx'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { Stars } from '../design/stars.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './plugin-card.module.css'

interface PluginCardProps {
  plugin: PluginSummary
  /** Whether the tenant of whoever looks has it. */
  installed?: boolean
  /** With a picture above the words; where its neighbours have one, a plugin without shows its icon there. */
  pictured?: boolean
}

/** A plugin in a list: all of it leads to the plugin's page, by one link. */
export const PluginCard = memo(function PluginCard({ plugin, installed = false, pictured = false }: PluginCardProps) {
  const { marketplace: texts, categories } = useTexts()
  const { compact } = useFormat()
  const price = usePrice(plugin.pricing)
  const [failed, setFailed] = useState<string>()
  const { id, name, icon, author, installCount, screenshot, status, visibility } = plugin
  const picture = screenshot?.url === failed ? null : screenshot
  return (
    <article className={styles.card}>
      {pictured && (
        <div className={styles.picture}>
          {picture ? (
            <img
              src={picture.url}
              alt={picture.alt}
              width={640}
              height={400}
              loading="lazy"
              decoding="async"
              onError={() => setFailed(picture.url)}
            />
          ) : (
            <PluginIcon id={id} name={name} icon={icon} size={72} />
          )}
        </div>
      )}
      <header className={styles.header}>
        {pictured && !picture ? null : <PluginIcon id={id} name={name} icon={icon} size={44} />}
        <div className={styles.words}>
          <h3 className={styles.name} dir="auto">
            <Link to="/plugins/$pluginId" params={{ pluginId: id }} className={styles.link}>
              {name}
            </Link>
          </h3>
          <p className={styles.author}>
            <bdi>{author.name}</bdi> · {categories[plugin.category]}
          </p>
        </div>
      </header>
      <p className={styles.description} dir="auto">
        {plugin.description}
      </p>
      <footer className={styles.footer}>
        <Stars rating={plugin.averageRating} count={plugin.ratingCount} />
        <span className={styles.installs} title={texts.installs(installCount, compact(installCount))}>
          <Download size={14} aria-hidden />
          <span aria-hidden>{compact(installCount)}</span>
          <span className="visually-hidden">{texts.installs(installCount, compact(installCount))}</span>
        </span>
        <span className={styles.end}>
          {status === 'DEPRECATED' && <Badge tone="warn">{texts.deprecated}</Badge>}
          {visibility === 'private' && <Badge>{texts.private}</Badge>}
          {installed ? <Badge tone="good">{texts.installed}</Badge> : <span className={styles.price}>{price}</span>}
        </span>
      </footer>
    </article>
  )
})

/** What a plugin costs. */
function usePrice(pricing: PluginSummary['pricing']): string {
  const texts = useTexts().marketplace
  const { money } = useFormat()
  return pricing.type === 'free' ? texts.free : texts.price[pricing.interval](money(pricing.amount, pricing.currency))
}
