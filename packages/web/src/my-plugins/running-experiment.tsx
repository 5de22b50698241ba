import type { Installation } from '@plexica/api'
import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Loaded } from '../design/loaded.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useToast } from '../design/toast.tsx'
import { ConfigurationFacts } from '../installations/configuration-facts.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { daysSince, telemetryDays } from '../telemetry/telemetry-period.ts'
import { tenantTelemetryQuery } from '../telemetry/telemetry-queries.ts'
import { TelemetryTables } from '../telemetry/telemetry-tables.tsx'
import { useInstallationChange } from './change-installation.ts'
import styles from './my-plugins.module.css'

interface Running {
  installation: Installation
  experiment: NonNullable<Installation['experiment']>
  schema: ConfigSchema | undefined
}

/** What is tried, how it does beside the configuration, and how it ends. */
export function RunningExperiment({ installation, experiment, schema }: Running) {
  const texts = useTexts().myPlugins.experiments
  const { percent } = useFormat()
  const mayChange = useMay()('installation:manage')
  const { tenantId, pluginId, version } = installation
  const now = new Date()
  const days = telemetryDays(now, daysSince(experiment.startedAt, now))
  const telemetry = useQuery(tenantTelemetryQuery(tenantId, pluginId, days))
  return (
    <div className={styles.page}>
      <section className={styles.part} aria-labelledby="experiment-tries">
        <h2 id="experiment-tries" className={styles.heading}>
          {texts.running(percent(experiment.share / 100))}
        </h2>
        <ConfigurationFacts schema={schema} configuration={experiment.configuration} />
        <p className={styles.soft}>
          {texts.since} <TimeAgo at={experiment.startedAt} />. {texts.secrets}
        </p>
      </section>
      {mayChange && <EndButtons installation={installation} />}
      <section className={styles.part} aria-labelledby="experiment-compared">
        <h2 id="experiment-compared" className={styles.heading}>
          {texts.compared}
        </h2>
        <Loaded query={telemetry}>
          {(answer) => (
            <TelemetryTables telemetry={answer.telemetry.filter((one) => one.version === version)} messages />
          )}
        </Loaded>
      </section>
    </div>
  )
}

function EndButtons({ installation: { tenantId, pluginId, name } }: Pick<Running, 'installation'>) {
  const texts = useTexts().myPlugins.experiments
  const say = useToast()
  const [asking, setAsking] = useState(false)
  const params = { tenantId, pluginId }
  const ending = useInstallationChange(
    tenantId,
    () => registry.endExperiment({ params, query: {} }),
    () => say(texts.ended),
  )
  const adopting = useInstallationChange(
    tenantId,
    () => registry.endExperiment({ params, query: { adopt: true } }),
    () => say(texts.adopted(name)),
  )
  const end = () => ending.mutate(undefined, { onError: (error) => say(error.message, 'bad') })
  return (
    <div className={styles.buttons}>
      <Button kind="primary" onClick={() => setAsking(true)}>
        {texts.adopt}
      </Button>
      <Button busy={ending.isPending} onClick={end}>
        {texts.end}
      </Button>
      {asking && (
        <ConfirmDialog
          title={texts.adopting(name)}
          lead={texts.adoptingLead}
          act={texts.adopt}
          busy={adopting.isPending}
          error={adopting.error}
          onConfirm={() => adopting.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
