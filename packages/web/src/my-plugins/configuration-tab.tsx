import type { Installation } from '@plexica/api'
import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useMay } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { ConfigurationForm } from '../install/configuration-form.tsx'
import { ConfigurationFacts } from '../installations/configuration-facts.tsx'
import { versionQuery } from '../installations/installation-queries.ts'
import { settingsOf } from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { useInstallationChange } from './change-installation.ts'
import styles from './my-plugins.module.css'
import { useSettingsForm } from './use-settings-form.ts'

/** The configuration: a form for those who may change it, facts for the others. */
export function ConfigurationTab({ installation }: { installation: Installation }) {
  const texts = useTexts().myPlugins
  const mayChange = useMay()('installation:manage')
  const { pluginId, version, configuration, secrets } = installation
  const detail = useQuery(versionQuery(pluginId, version))
  return (
    <Loaded query={detail}>
      {({ manifest: { configSchema: schema } }) => {
        if (settingsOf(schema).length === 0) return <p className={styles.soft}>{texts.nothingToConfigure}</p>
        if (mayChange) return <ConfigureForm installation={installation} schema={schema} />
        return <ConfigurationFacts schema={schema} configuration={configuration} secrets={secrets} />
      }}
    </Loaded>
  )
}

function ConfigureForm({ installation, schema }: { installation: Installation; schema: ConfigSchema | undefined }) {
  const texts = useTexts().myPlugins
  const say = useToast()
  const { tenantId, pluginId, name, configuration: before, secrets } = installation
  const { form, entries, configuration, errors, ...typing } = useSettingsForm(schema, before, secrets)
  const saving = useInstallationChange(tenantId, () =>
    registry.configurePlugin({ params: { tenantId, pluginId }, body: { configuration: { ...configuration } } }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!typing.finish()) return
    saving.mutate(undefined, {
      onSuccess: () => {
        typing.reset()
        say(texts.configured(name))
      },
      onError: typing.refuse,
    })
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className={styles.form}>
      <ConfigurationForm schema={schema} entries={entries} onEntry={typing.onEntry} errors={errors} kept={secrets} />
      {saving.error && <Problem error={saving.error} />}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" busy={saving.isPending}>
          {texts.save}
        </Button>
        {typing.isTyped && (
          <Button
            kind="quiet"
            onClick={() => {
              typing.reset()
              saving.reset()
            }}
          >
            {texts.discard}
          </Button>
        )}
      </div>
    </form>
  )
}
