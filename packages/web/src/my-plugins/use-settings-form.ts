import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useRef, useState } from 'react'
import { useFocusOnMistake } from '../install/configuration-form.tsx'
import { mistakeWords } from '../install/mistake-words.ts'
import { configurationFindings } from '../install/use-install.ts'
import {
  type Entries,
  type Entry,
  entriesOf,
  findingsByField,
  readEntries,
  type Values,
} from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'

/** A form for settings that have values: what was typed over them, and what is wrong with it. */
export function useSettingsForm(schema: ConfigSchema | undefined, before: Values, kept: readonly string[] = []) {
  const texts = useTexts().install
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState<Entries>({})
  const [{ errors, attempts }, setErrors] = useState({ errors: new Map<string, string>(), attempts: 0 })
  useFocusOnMistake(form, attempts)
  const entries = { ...entriesOf(schema, before), ...typed }
  const { configuration, mistakes } = readEntries(schema, entries, kept)
  const show = (next: ReadonlyMap<string, string>) =>
    setErrors((past) => ({ errors: new Map(next), attempts: past.attempts + 1 }))
  return {
    form,
    entries,
    configuration,
    errors,
    isTyped: Object.keys(typed).length > 0,
    onEntry(setting: string, entry: Entry) {
      setTyped((past) => ({ ...past, [setting]: entry }))
      setErrors((past) => ({ ...past, errors: new Map([...past.errors].filter(([one]) => one !== setting)) }))
    },
    /** Says what is wrong; true when nothing is. */
    finish(): boolean {
      show(mistakeWords(mistakes, texts))
      return mistakes.size === 0
    },
    /** Puts what the registry found at its fields. */
    refuse: (error: unknown) => show(findingsByField(schema, configurationFindings(error)).fields),
    /** Forgets what was typed and what was wrong. */
    reset() {
      setTyped({})
      setErrors({ errors: new Map(), attempts: 0 })
    },
  }
}
