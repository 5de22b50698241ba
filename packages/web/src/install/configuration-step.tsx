import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { type FormEvent, useRef } from 'react'
import { Problem } from '../design/problem.tsx'
import type { Entries, Entry } from '../installations/settings.ts'
import { settingsOf } from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'
import { ConfigurationForm, useFocusOnMistake } from './configuration-form.tsx'
import styles from './install.module.css'
import { StepButtons } from './step-buttons.tsx'

interface ConfigurationStepProps {
  schema: ConfigSchema | undefined
  entries: Entries
  onEntry: (name: string, entry: Entry) => void
  errors: ReadonlyMap<string, string>
  /** How often somebody has tried to go on with something wrong. */
  attempts: number
  /** What the registry refused that no field stands for. */
  refusal: unknown
  onBack: () => void
  onNext: () => void
}

/** What the plugin's manifest asks for. */
export function ConfigurationStep(step: ConfigurationStepProps) {
  const { schema, entries, onEntry, errors, attempts, refusal, onBack, onNext } = step
  const texts = useTexts().install
  const form = useRef<HTMLFormElement>(null)
  useFocusOnMistake(form, attempts)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onNext()
  }
  return (
    <form ref={form} onSubmit={submit} className={styles.step} noValidate>
      {settingsOf(schema).length === 0 && <p className={styles.soft}>{texts.nothingToConfigure}</p>}
      {refusal != null && <Problem error={refusal} />}
      <ConfigurationForm schema={schema} entries={entries} onEntry={onEntry} errors={errors} />
      <StepButtons onBack={onBack}>{texts.next}</StepButtons>
    </form>
  )
}
