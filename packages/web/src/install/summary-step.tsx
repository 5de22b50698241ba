import type { VersionDetail } from '@plexica/api'
import type { Platform } from '@plexica/manifest-schema/validate'
import { type FormEvent, useRef, useState } from 'react'
import { ConfigurationFacts } from '../installations/configuration-facts.tsx'
import { Grants, permissionWords } from '../installations/grants.tsx'
import { settingsOf, type Values } from '../installations/settings.ts'
import { useFormat, useTexts } from '../language/language.tsx'
import { useFocusOnMistake } from './configuration-form.tsx'
import styles from './install.module.css'
import { StepButtons } from './step-buttons.tsx'

interface SummaryStepProps {
  detail: VersionDetail
  platform: Platform | null
  configuration: Values
  granted: readonly string[]
  onGrant: (granted: readonly string[]) => void
  busy: boolean
  onBack: () => void
  onInstall: () => void
}

/** All that is about to happen, and what the plugin may do then. */
export function SummaryStep(step: SummaryStepProps) {
  const { detail, platform, configuration, granted, onGrant, busy, onBack, onInstall } = step
  const { manifest, version } = detail
  const { requiredPermissions = [], network = [] } = manifest
  const texts = useTexts().install
  const form = useRef<HTMLFormElement>(null)
  const [attempts, setAttempts] = useState(0)
  useFocusOnMistake(form, attempts)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (requiredPermissions.every((name) => granted.includes(name))) onInstall()
    else setAttempts(attempts + 1)
  }
  return (
    <form ref={form} onSubmit={submit} className={styles.step} noValidate>
      <dl className={styles.facts}>
        <dt>{texts.version}</dt>
        <dd>{version}</dd>
        <dt>{texts.price}</dt>
        <dd>
          <Price detail={detail} />
        </dd>
      </dl>
      {settingsOf(manifest.configSchema).length > 0 && (
        <section className={styles.part}>
          <h3>{texts.stepTitles.configuration}</h3>
          <ConfigurationFacts schema={manifest.configSchema} configuration={configuration} />
        </section>
      )}
      <section className={styles.part}>
        <h3>{texts.permissions}</h3>
        {requiredPermissions.length === 0 ? (
          <p className={styles.soft}>{texts.noPermissions}</p>
        ) : (
          <Grants
            legend={texts.permissionsLegend(manifest.name)}
            names={requiredPermissions}
            granted={granted}
            onGrant={onGrant}
            tried={attempts > 0}
            words={permissionWords(platform)}
          />
        )}
      </section>
      <section className={styles.part}>
        <h3>{texts.hosts}</h3>
        <p className={styles.soft}>{network.length === 0 ? texts.noHosts : texts.hostsLead(manifest.name)}</p>
        <ul className={`plain-list ${styles.hosts}`}>
          {network.map((host) => (
            <li key={host}>
              <code>{host}</code>
            </li>
          ))}
        </ul>
      </section>
      <StepButtons onBack={onBack} busy={busy}>
        {texts.install}
      </StepButtons>
    </form>
  )
}

function Price({ detail: { manifest } }: { detail: VersionDetail }) {
  const texts = useTexts().install
  const { money } = useFormat()
  const { pricing } = manifest
  return pricing?.type === 'paid' ? texts.paid(money(pricing.amount, pricing.currency), pricing.interval) : texts.free
}
