import type { Installation } from '@plexica/api'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useMay } from '../app/session.ts'
import { Loaded } from '../design/loaded.tsx'
import { Switch } from '../design/switch.tsx'
import { useToast } from '../design/toast.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { telemetryDays } from '../telemetry/telemetry-period.ts'
import { tenantTelemetryQuery } from '../telemetry/telemetry-queries.ts'
import { TelemetryTables } from '../telemetry/telemetry-tables.tsx'
import { useInstallationChange } from './change-installation.ts'
import styles from './my-plugins.module.css'

const days = 30

/** How the plugin does in the tenant's pages, and whether it is kept in frames there. */
export function PagesTab({ installation }: { installation: Installation }) {
  const texts = useTexts().telemetry
  const mayChange = useMay()('installation:manage')
  const { tenantId, pluginId, bundle } = installation
  const telemetry = useQuery(tenantTelemetryQuery(tenantId, pluginId, telemetryDays(new Date(), days)))
  return (
    <div className={styles.page}>
      {bundle && mayChange && <FramesSwitch installation={installation} />}
      <section className={styles.part} aria-labelledby="in-pages">
        <h2 id="in-pages" className={styles.heading}>
          {texts.title}
        </h2>
        <p className={styles.soft}>{texts.ofTenant}</p>
        <Loaded query={telemetry}>{(answer) => <TelemetryTables telemetry={answer.telemetry} messages />}</Loaded>
      </section>
    </div>
  )
}

function FramesSwitch({ installation: { tenantId, pluginId, name, sandbox } }: { installation: Installation }) {
  const texts = useTexts().myPlugins.frames
  const say = useToast()
  const hint = useId()
  const turning = useInstallationChange(tenantId, (sandboxed: boolean) =>
    registry.setSandbox({ params: { tenantId, pluginId }, body: { sandboxed } }),
  )
  const turn = (sandboxed: boolean) =>
    turning.mutate(sandboxed, {
      onSuccess: () => say(sandboxed ? texts.on(name) : texts.off(name)),
      onError: (error) => say(error.message, 'bad'),
    })
  const required = sandbox?.required === true
  return (
    <div className={styles.part}>
      <Switch
        label={texts.label}
        aria-describedby={hint}
        checked={turning.isPending ? turning.variables : sandbox !== null}
        disabled={turning.isPending || required}
        onChange={({ target }) => turn(target.checked)}
      />
      <p id={hint} className={styles.soft}>
        {texts.lead} {required && texts.required}
      </p>
    </div>
  )
}
