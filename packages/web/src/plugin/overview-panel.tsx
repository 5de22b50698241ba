import type { PluginDetail } from '@plexica/api'
import { Badge } from '../design/badge.tsx'
import { Markdown } from '../design/markdown.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { OutsideLink } from './outside-link.tsx'
import styles from './plugin-panels.module.css'

/** The plugin in its author’s words, with its facts beside them. */
export function OverviewPanel({ plugin }: { plugin: PluginDetail }) {
  const { plugin: texts } = useTexts()
  return (
    <div className={styles.columns}>
      <section className={styles.main}>
        <h2 className="visually-hidden">{texts.overview}</h2>
        {plugin.readme?.trim() ? (
          <Markdown text={plugin.readme} pictures={picturesOf(plugin)} />
        ) : (
          <p className={styles.soft}>{texts.noReadme}</p>
        )}
      </section>
      <Facts plugin={plugin} />
    </div>
  )
}

/** Where the package’s own pictures are: beside those that the listing shows. */
function picturesOf({ icon, screenshots }: PluginDetail): string | undefined {
  return /^.*\/v[^/]+\/(?=assets\/)/.exec(icon ?? screenshots[0]?.url ?? '')?.[0]
}

function Facts({ plugin }: { plugin: PluginDetail }) {
  const { plugin: texts, categories } = useTexts()
  const format = useFormat()
  const links = [
    [texts.demo, plugin.demoUrl],
    [texts.homepage, plugin.homepage],
    [texts.repository, plugin.repository],
  ] as const
  return (
    <aside className={styles.aside} aria-label={texts.facts}>
      {links.some(([, href]) => href) && (
        <ul className={`plain-list ${styles.links}`} aria-label={texts.links}>
          {links.map(
            ([name, href]) =>
              href && (
                <li key={name}>
                  <OutsideLink href={href}>{name}</OutsideLink>
                </li>
              ),
          )}
        </ul>
      )}
      <dl className={styles.facts}>
        <dt>{texts.category}</dt>
        <dd>{categories[plugin.category]}</dd>
        <dt>{texts.license}</dt>
        <dd>{plugin.license}</dd>
        <dt>{texts.downloads}</dt>
        <dd>{format.number(plugin.downloadCount)}</dd>
        {plugin.publishedAt && (
          <>
            <dt>{texts.firstPublished}</dt>
            <dd>{format.date(plugin.publishedAt)}</dd>
          </>
        )}
        <dt>{texts.owners}</dt>
        <dd>
          <bdi>{format.list(plugin.owners)}</bdi>
        </dd>
        <dt>{texts.identifier}</dt>
        <dd>
          <code>{plugin.id}</code>
        </dd>
        {plugin.tags.length > 0 && (
          <>
            <dt>{texts.tags}</dt>
            <dd className={styles.tags}>
              {plugin.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </dd>
          </>
        )}
      </dl>
    </aside>
  )
}
