import type { PluginSummary } from '@plexica/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { useId } from 'react'
import { useInstalledPlugins } from './installed-plugins.ts'
import { PluginCard } from './plugin-card.tsx'
import { PluginCardSkeletons } from './plugin-card-skeleton.tsx'
import styles from './plugin-row.module.css'

/** Plugins side by side under a title. Nothing where there are none, and where they cannot be had: the list tells why. */
export function PluginRow({
  title,
  query: { data, isPending },
}: {
  title: string
  query: Pick<UseQueryResult<{ plugins: PluginSummary[] }>, 'data' | 'isPending'>
}) {
  const id = useId()
  const installed = useInstalledPlugins()
  if (!isPending && !data?.plugins.length) return null
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {data ? (
        <ul className={`plain-list ${styles.row}`}>
          {data.plugins.map((plugin) => (
            <li key={plugin.id}>
              <PluginCard plugin={plugin} installed={installed?.has(plugin.id) ?? false} />
            </li>
          ))}
        </ul>
      ) : (
        <PluginCardSkeletons count={5} className={styles.row} />
      )}
    </section>
  )
}
