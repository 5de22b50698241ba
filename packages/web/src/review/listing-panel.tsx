import type { VersionDetail } from '@plexica/api'
import { ApiError } from '@plexica/api/client'
import { useQuery } from '@tanstack/react-query'
import { Badge } from '../design/badge.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Markdown } from '../design/markdown.tsx'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './listing-panel.module.css'
import { fileQuery } from './review-queries.ts'

/** What tenants would read of this version: its name and description, its facts, README and changes. */
export function ListingPanel({ submissionId, version }: { submissionId: string; version: VersionDetail }) {
  const texts = useTexts().review
  const { manifest, changelog, pluginId } = version
  const facts: [string, string][] = [
    [texts.category, manifest.category],
    [texts.license, manifest.license],
    [texts.platformRange, manifest.engines.plexica],
    [texts.price, usePrice(manifest.pricing)],
  ]
  return (
    <div className={styles.listing}>
      <header className={styles.header}>
        <PluginIcon id={pluginId} name={manifest.name} icon={null} size={56} />
        <div className={styles.words}>
          <h2 dir="auto">{manifest.name}</h2>
          <p dir="auto">{manifest.description}</p>
          <p className={styles.tags}>
            {manifest.tags?.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </p>
        </div>
      </header>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {changelog && (
        <section aria-labelledby="changelog">
          <h3 id="changelog">{texts.changelog}</h3>
          <Markdown text={changelog} />
        </section>
      )}
      <section aria-labelledby="readme">
        <h3 id="readme">{texts.readme}</h3>
        <Readme submissionId={submissionId} />
      </section>
    </div>
  )
}

function Readme({ submissionId }: { submissionId: string }) {
  const texts = useTexts().review
  const readme = useQuery(fileQuery(submissionId, 'README.md'))
  if (readme.error instanceof ApiError && readme.error.status === 404) return <p>{texts.noReadme}</p>
  return <Loaded query={readme}>{(text) => <Markdown text={text} />}</Loaded>
}

function usePrice(pricing: VersionDetail['manifest']['pricing']): string {
  const texts = useTexts().review
  const { money } = useFormat()
  if (pricing?.type !== 'paid') return texts.free
  return `${money(pricing.amount, pricing.currency)} ${texts.intervals[pricing.interval]}`
}
