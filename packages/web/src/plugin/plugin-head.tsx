import type { PluginDetail, VersionDetail } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import { Badge } from '../design/badge.tsx'
import { Notice } from '../design/notice.tsx'
import { usePageTitle } from '../design/page.tsx'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { Stars } from '../design/stars.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { OutsideLink } from './outside-link.tsx'
import { PluginActions } from './plugin-actions.tsx'
import styles from './plugin-head.module.css'

/** What a plugin is, in a glance, and the way to have it. */
export function PluginHead({ plugin, latest }: { plugin: PluginDetail; latest: VersionDetail | null }) {
  const { plugin: texts, categories } = useTexts()
  const format = useFormat()
  const { id, name, icon, author, description, latestVersion, installCount, deprecation } = plugin
  usePageTitle(name)
  return (
    <header className={styles.header}>
      <div className={styles.head}>
        <PluginIcon id={id} name={name} icon={icon} size={80} />
        <div className={styles.words}>
          <h1 dir="auto">{name}</h1>
          <p className={styles.author}>
            {texts.by}{' '}
            <bdi>
              <OutsideLink href={author.url}>{author.name}</OutsideLink>
            </bdi>
          </p>
          <p className={styles.description} dir="auto">
            {description}
          </p>
          <ul className={`plain-list ${styles.facts}`}>
            <li>
              <Link to="/plugins/$pluginId" params={{ pluginId: id }} search={{ tab: 'reviews' }} resetScroll={false}>
                <span className="visually-hidden">{texts.ratings}: </span>
                <Stars rating={plugin.averageRating} count={plugin.ratingCount} />
              </Link>
            </li>
            <li>{texts.installs(installCount, format.compact(installCount))}</li>
            {latestVersion && (
              <li>
                {texts.version(latestVersion)}
                {latest?.publishedAt && (
                  <>
                    {' · '}
                    <TimeAgo at={latest.publishedAt} />
                  </>
                )}
              </li>
            )}
          </ul>
          <ul className={`plain-list ${styles.badges}`}>
            <li>
              <Badge>{categories[plugin.category]}</Badge>
            </li>
            <li>
              <Badge tone="info">
                <Price pricing={plugin.pricing} />
              </Badge>
            </li>
            {plugin.visibility === 'private' && (
              <li>
                <Badge>{texts.private}</Badge>
              </li>
            )}
            {deprecation && (
              <li>
                <Badge tone="warn">{texts.deprecated}</Badge>
              </li>
            )}
            {plugin.publishedAt === null && (
              <li>
                <Badge tone="warn">{texts.unpublished}</Badge>
              </li>
            )}
          </ul>
        </div>
        <PluginActions plugin={plugin} />
      </div>
      {deprecation && (
        <Notice tone="warn" title={texts.deprecatedTitle}>
          <p dir="auto">{deprecation.reason}</p>
          {deprecation.successor && (
            <p>
              <Link to="/plugins/$pluginId" params={{ pluginId: deprecation.successor }}>
                {texts.successor(deprecation.successor)}
              </Link>
            </p>
          )}
        </Notice>
      )}
    </header>
  )
}

function Price({ pricing }: Pick<PluginDetail, 'pricing'>) {
  const texts = useTexts().plugin
  const { money } = useFormat()
  if (pricing.type === 'free') return texts.free
  return texts.prices[pricing.interval](money(pricing.amount, pricing.currency))
}
