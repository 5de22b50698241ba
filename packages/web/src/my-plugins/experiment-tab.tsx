import type { Installation } from '@plexica/api'
import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useMay } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { TextField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { ConfigurationForm } from '../install/configuration-form.tsx'
import { versionQuery } from '../installations/installation-queries.ts'
import { settingsOf } from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { useInstallationChange } from './change-installation.ts'
import styles from './my-plugins.module.css'
import { RunningExperiment } from './running-experiment.tsx'
import { useSettingsForm } from './use-settings-form.ts'
import { withoutSecrets } from './without-secrets.ts'

/** A second configuration that is tried on some visitors: the form to begin, or what runs. */
export function ExperimentTab({ installation }: { installation: Installation }) {
  const texts = useTexts().myPlugins
  const mayChange = useMay()('installation:manage')
  const { pluginId, version, experiment } = installation
  const detail = useQuery(versionQuery(pluginId, version))
  return (
    <Loaded query={detail}>
      {({ manifest }) => {
        const schema = withoutSecrets(manifest.configSchema)
        if (experiment) return <RunningExperiment installation={installation} experiment={experiment} schema={schema} />
        if (settingsOf(schema).length === 0) return <p className={styles.soft}>{texts.nothingToConfigure}</p>
        if (!mayChange) return <p className={styles.soft}>{texts.experiments.none}</p>
        return <BeginForm installation={installation} schema={schema} />
      }}
    </Loaded>
  )
}

function BeginForm({ installation, schema }: { installation: Installation; schema: ConfigSchema | undefined }) {
  const texts = useTexts().myPlugins.experiments
  const say = useToast()
  const { tenantId, pluginId, name, configuration: before } = installation
  const [share, setShare] = useState('50')
  const [shareError, setShareError] = useState<string>()
  const { form, entries, configuration, errors, ...typing } = useSettingsForm(schema, before)
  const body = { configuration: { ...configuration }, share: Number(share) }
  const beginning = useInstallationChange(
    tenantId,
    () => registry.setExperiment({ params: { tenantId, pluginId }, body }),
    () => say(texts.begun(name)),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isShare = /^\d{1,3}$/.test(share.trim()) && Number(share) <= 100
    setShareError(isShare ? undefined : texts.shareMistake)
    if (!typing.finish() || !isShare) return
    beginning.mutate(undefined, { onError: typing.refuse })
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className={styles.form}>
      <p className={styles.soft}>
        {texts.lead} {texts.secrets}
      </p>
      <ConfigurationForm schema={schema} entries={entries} onEntry={typing.onEntry} errors={errors} />
      <TextField
        label={texts.share}
        hint={texts.shareHint}
        error={shareError}
        inputMode="numeric"
        value={share}
        onChange={({ target }) => {
          setShare(target.value)
          setShareError(undefined)
        }}
      />
      {beginning.error && <Problem error={beginning.error} />}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" busy={beginning.isPending}>
          {texts.begin}
        </Button>
      </div>
    </form>
  )
}
