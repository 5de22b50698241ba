import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useState } from 'react'
import {
  type Entries,
  type Entry,
  entriesOf,
  findingsByField,
  own,
  readEntries,
  settingsOf,
} from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'
import { mistakeWords } from './mistake-words.ts'
import { configurationFindings } from './use-install.ts'

interface Typed {
  readonly entries: Entries
  /** Apart, for they are kept nowhere. */
  readonly secrets: Entries
  readonly type: (name: string, entry: Entry, isSecret: boolean) => void
}

/** The form of an installation: what it shows, says, and what is wrong with it. */
export function useConfiguring(schema: ConfigSchema | undefined, typed: Typed) {
  const texts = useTexts().install
  const [{ errors, attempts }, setErrors] = useState({ errors: new Map<string, string>(), attempts: 0 })
  const [refusal, setRefusal] = useState<unknown>(null)
  const settings = settingsOf(schema)
  const secretNames = new Set(settings.filter(({ property }) => property.secret).map(({ name }) => name))
  const entries = Object.fromEntries(
    Object.entries(entriesOf(schema)).map(([name, first]) => [
      name,
      own(secretNames.has(name) ? typed.secrets : typed.entries, name) ?? first,
    ]),
  )
  const { configuration, mistakes } = readEntries(schema, entries)
  const show = (next: ReadonlyMap<string, string>) =>
    setErrors((before) => ({ errors: new Map(next), attempts: before.attempts + 1 }))
  return {
    schema,
    entries,
    configuration,
    errors,
    attempts,
    refusal,
    /** Nothing that can be seen from here is wrong. */
    complete: mistakes.size === 0,
    onEntry(name: string, entry: Entry) {
      typed.type(name, entry, secretNames.has(name))
      setErrors((before) => ({ ...before, errors: new Map([...before.errors].filter(([one]) => one !== name)) }))
    },
    /** Says what is wrong; true when nothing is. */
    finish(): boolean {
      setRefusal(null)
      show(mistakeWords(mistakes, texts))
      return mistakes.size === 0
    },
    /** Puts what the registry found at its fields. */
    refuse(error: unknown) {
      const { fields, others } = findingsByField(schema, configurationFindings(error))
      show(fields)
      setRefusal(others.length > 0 ? error : null)
    },
  }
}
