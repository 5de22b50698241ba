import type { PluginSummary } from '@plexica/api'
import { type QueryKey, useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useInstalledPlugins } from './installed-plugins.ts'
import { PluginCard } from './plugin-card.tsx'
import { PluginCardSkeletons } from './plugin-card-skeleton.tsx'
import styles from './plugin-row.module.css'

/** Plugins side by side under a title. Nothing where there are none, and where they cannot be had: the list tells why. */
export function PluginRow({
  title,
  queryKey,
  queryFn,
}: {
  title: string
  queryKey: QueryKey
  queryFn: (context: { signal: AbortSignal }) => Promise<{ plugins: PluginSummary[] }>
}) {
  const id = useId()
  const installed = useInstalledPlugins()
  const { data, isPending } = useQuery({ queryKey, queryFn })
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
