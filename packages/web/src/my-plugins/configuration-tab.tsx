import type { Installation } from '@plexica/api'
import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useMay } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Problem } from '../design/problem.tsx'
import { useToast } from '../design/toast.tsx'
import { ConfigurationForm, useFocusOnMistake } from '../install/configuration-form.tsx'
import { mistakeWords } from '../install/mistake-words.ts'
import { configurationFindings } from '../install/use-install.ts'
import { ConfigurationFacts } from '../installations/configuration-facts.tsx'
import { versionQuery } from '../installations/installation-queries.ts'
import {
  type Entries,
  type Entry,
  entriesOf,
  findingsByField,
  readEntries,
  settingsOf,
} from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { useInstallationChange } from './change-installation.ts'
import styles from './my-plugins.module.css'

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
  const texts = useTexts()
  const say = useToast()
  const form = useRef<HTMLFormElement>(null)
  const { tenantId, pluginId, name, configuration: before, secrets } = installation
  const [typed, setTyped] = useState<Entries>({})
  const [{ errors, attempts }, setErrors] = useState({ errors: new Map<string, string>(), attempts: 0 })
  useFocusOnMistake(form, attempts)
  const entries = { ...entriesOf(schema, before), ...typed }
  const { configuration, mistakes } = readEntries(schema, entries, secrets)
  const saving = useInstallationChange(tenantId, () =>
    registry.configurePlugin({ params: { tenantId, pluginId }, body: { configuration: { ...configuration } } }),
  )
  const show = (next: ReadonlyMap<string, string>) =>
    setErrors((past) => ({ errors: new Map(next), attempts: past.attempts + 1 }))
  const change = (setting: string, entry: Entry) => {
    setTyped((past) => ({ ...past, [setting]: entry }))
    setErrors((past) => ({ ...past, errors: new Map([...past.errors].filter(([one]) => one !== setting)) }))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    show(mistakeWords(mistakes, texts.install))
    if (mistakes.size > 0) return
    saving.mutate(undefined, {
      onSuccess: () => {
        setTyped({})
        say(texts.myPlugins.configured(name))
      },
      onError: (error) => show(findingsByField(schema, configurationFindings(error)).fields),
    })
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className={styles.form}>
      <ConfigurationForm schema={schema} entries={entries} onEntry={change} errors={errors} kept={secrets} />
      {saving.error && <Problem error={saving.error} />}
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" busy={saving.isPending}>
          {texts.myPlugins.save}
        </Button>
        {Object.keys(typed).length > 0 && (
          <Button
            kind="quiet"
            onClick={() => {
              setTyped({})
              setErrors({ errors: new Map(), attempts: 0 })
              saving.reset()
            }}
          >
            {texts.myPlugins.discard}
          </Button>
        )}
      </div>
    </form>
  )
}
