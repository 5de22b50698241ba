import type { VersionDetail } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, buttonClass } from '../design/button.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Markdown } from '../design/markdown.tsx'
import { Notice } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './install.module.css'
import { readSetup } from './read-setup.ts'
import { TourDialog } from './tour-dialog.tsx'

/** The plugin is there: what its author wants to be done next. */
export function SetupStep({ detail }: { detail: VersionDetail }) {
  const texts = useTexts().install
  const [touring, setTouring] = useState(false)
  const { pluginId, version, manifest } = detail
  const { setup, tour = [] } = manifest
  return (
    <>
      <Notice tone="good" title={texts.installed(manifest.name)} />
      {setup === undefined ? (
        <p className={styles.soft}>{texts.noSetup}</p>
      ) : (
        <SetupText pluginId={pluginId} version={version} path={setup} />
      )}
      <div className={styles.buttons}>
        {tour.length > 0 && <Button onClick={() => setTouring(true)}>{texts.tour}</Button>}
        <Link to="/my-plugins" className={buttonClass({ kind: 'primary' })}>
          {texts.toMyPlugins}
        </Link>
      </div>
      {touring && <TourDialog name={manifest.name} steps={tour} onClose={() => setTouring(false)} />}
    </>
  )
}

/** A Markdown file of the package. */
export function SetupText(plugin: { pluginId: string; version: string; path: string }) {
  const texts = useTexts().install
  const { pluginId, version, path } = plugin
  const text = useQuery({
    queryKey: ['plugin', pluginId, 'version', version, 'file', path],
    queryFn: ({ signal }) => readSetup(plugin, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Loaded query={text}>
      {(found) => (found === null ? <p className={styles.soft}>{texts.noSetup}</p> : <Markdown text={found} />)}
    </Loaded>
  )
}
