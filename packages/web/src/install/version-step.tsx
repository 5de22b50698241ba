import type { Installation, PluginDetail, VersionSummary } from '@plexica/api'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Badge } from '../design/badge.tsx'
import { Button, buttonClass } from '../design/button.tsx'
import { SelectField } from '../design/field.tsx'
import { Notice } from '../design/notice.tsx'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './install.module.css'

interface VersionStepProps {
  plugin: PluginDetail
  versions: readonly VersionSummary[]
  version: string
  onVersion: (version: string) => void
  /** The tenant's, where it has the plugin. */
  installed: Installation | undefined
  /** What the version needs, in whatever state that is. */
  prerequisites: ReactNode
  fits: boolean
  onNext: () => void
}

/** Which version, and whether it runs here. */
export function VersionStep(step: VersionStepProps) {
  const { plugin, versions, version, onVersion, installed, prerequisites, fits, onNext } = step
  const texts = useTexts().install
  const { date } = useFormat()
  const { id, name, icon, description } = plugin
  const optionText = ({ version: number, channels, publishedAt }: VersionSummary) =>
    [number, ...channels, publishedAt && date(publishedAt)].filter(Boolean).join(' · ')
  return (
    <>
      <div className={styles.plugin}>
        <PluginIcon id={id} name={name} icon={icon} />
        <p dir="auto">{description}</p>
      </div>
      {plugin.deprecation && (
        <Notice tone="warn" title={texts.deprecated}>
          <p dir="auto">{plugin.deprecation.reason}</p>
        </Notice>
      )}
      {installed ? (
        <Notice
          title={texts.installedAlready(installed.version)}
          action={
            <Link to="/my-plugins/$pluginId" params={{ pluginId: id }} className={buttonClass({ small: true })}>
              {texts.toInstalled}
            </Link>
          }
        >
          <p>{texts.installedAlreadyLead}</p>
        </Notice>
      ) : (
        <>
          <SelectField label={texts.version} value={version} onChange={({ target }) => onVersion(target.value)}>
            {versions.map((one) => (
              <option key={one.version} value={one.version}>
                {optionText(one)}
              </option>
            ))}
          </SelectField>
          <section className={styles.part}>
            <h3>{texts.prerequisites}</h3>
            {prerequisites}
          </section>
        </>
      )}
      <div className={styles.buttons}>
        <Link to="/plugins/$pluginId" params={{ pluginId: id }} className={buttonClass({ kind: 'quiet' })}>
          {texts.cancel}
        </Link>
        {!installed && (
          <Button kind="primary" disabled={!fits} onClick={onNext}>
            {texts.next}
          </Button>
        )}
      </div>
    </>
  )
}

/** One thing that is needed: whether it is there, and what to do when it is not. */
export function Prerequisite({ title, met, children }: { title: ReactNode; met: boolean; children?: ReactNode }) {
  const texts = useTexts().install
  return (
    <li className={styles.prerequisite}>
      <Badge tone={met ? 'good' : 'bad'}>{met ? texts.met : texts.unmet}</Badge>
      <div>
        <p>{title}</p>
        {children}
      </div>
    </li>
  )
}
