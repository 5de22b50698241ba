import type { PluginDetail, VersionDetail } from '@plexica/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Loaded } from '../design/loaded.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { PermissionWords } from './permission-words.tsx'
import styles from './plugin-panels.module.css'
import { platformQuery } from './plugin-queries.ts'

/** What the plugin may do, whom it talks to, what it is made of, and how well it is presented. */
export function PermissionsPanel({
  plugin,
  latest,
}: {
  plugin: PluginDetail
  latest: UseQueryResult<VersionDetail | null>
}) {
  const texts = useTexts().plugin
  const { requiredPermissions, network } = plugin
  const platform = useQuery(platformQuery)
  return (
    <div className={styles.blocks}>
      <Block title={texts.permissionsTitle}>
        <Entries lead={texts.permissionsLead} none={texts.noPermissions} items={requiredPermissions}>
          {(permission) => (
            <PermissionWords
              permission={permission}
              description={platform.data?.permissions.find(({ name }) => name === permission)?.description}
            />
          )}
        </Entries>
      </Block>
      <Block title={texts.hostsTitle}>
        <Entries lead={texts.hostsLead} none={texts.noHosts} items={network}>
          {(host) => <code>{host}</code>}
        </Entries>
      </Block>
      <Loaded query={latest}>
        {(version) => (version ? <OfVersion version={version} /> : <p className={styles.soft}>{texts.detailsLater}</p>)}
      </Loaded>
      <Quality quality={plugin.quality} />
    </div>
  )
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.block}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Entries({
  lead,
  none,
  items,
  children,
}: {
  lead: string
  none: string
  items: readonly string[]
  children: (item: string) => ReactNode
}) {
  if (items.length === 0) return <p className={styles.soft}>{none}</p>
  return (
    <>
      <p className={styles.soft}>{lead}</p>
      <ul className={`plain-list ${styles.entries}`}>
        {items.map((item) => (
          <li key={item}>{children(item)}</li>
        ))}
      </ul>
    </>
  )
}

function OfVersion({ version: { manifest, packedBytes, unpackedBytes, files, digest } }: { version: VersionDetail }) {
  const texts = useTexts().plugin
  const format = useFormat()
  const dependencies = manifest.dependencies ?? {}
  const scripts = files.filter(({ path }) => path.endsWith('.js'))
  return (
    <>
      <Block title={texts.dependenciesTitle}>
        <p className={styles.soft}>{texts.platformRange(manifest.engines.plexica)}</p>
        <Entries lead={texts.dependenciesLead} none={texts.noDependencies} items={Object.keys(dependencies)}>
          {(id) => (
            <>
              <Link to="/plugins/$pluginId" params={{ pluginId: id }}>
                {id}
              </Link>{' '}
              <span className={styles.code}>{dependencies[id]}</span>
            </>
          )}
        </Entries>
      </Block>
      <Block title={texts.packageTitle}>
        <p className={styles.soft}>{texts.reviewed}</p>
        <dl className={styles.facts}>
          <dt>{texts.license}</dt>
          <dd>{manifest.license}</dd>
          <dt>{texts.download}</dt>
          <dd>{format.bytes(packedBytes)}</dd>
          <dt>{texts.unpacked}</dt>
          <dd>{format.bytes(unpackedBytes)}</dd>
          {scripts.length > 0 && (
            <>
              <dt>{texts.scripts}</dt>
              <dd>{format.bytes(scripts.reduce((sum, file) => sum + file.bytes, 0))}</dd>
            </>
          )}
          <dt>{texts.digest}</dt>
          <dd>
            <code>{digest}</code>
          </dd>
        </dl>
      </Block>
    </>
  )
}

function Quality({ quality: { score, outOf } }: Pick<PluginDetail, 'quality'>) {
  const texts = useTexts().plugin
  return (
    <Block title={texts.qualityTitle}>
      <p>{texts.quality(score, outOf)}</p>
      <div className={styles.meter} aria-hidden>
        <span style={{ width: `${(100 * score) / Math.max(1, outOf)}%` }} />
      </div>
      <p className={styles.soft}>{texts.qualityLead}</p>
    </Block>
  )
}
