import type { Installation, InstallationUpdate } from '@plexica/api'
import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useState } from 'react'
import { mistakeWords } from '../install/mistake-words.ts'
import { configurationFindings } from '../install/use-install.ts'
import {
  type Entries,
  type Entry,
  entriesOf,
  findingsByField,
  groupsOf,
  readEntries,
} from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'

/** What somebody says to an update: grants, hosts, and the settings that do not carry over. */
export function useUpdateAnswers(update: InstallationUpdate, schema: ConfigSchema | undefined, before: Installation) {
  const texts = useTexts().install
  const { newPermissions, newHosts, findings } = update
  const [granted, setGranted] = useState<readonly string[]>([])
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const [typed, setTyped] = useState<Entries>({})
  const [{ errors, attempts }, setErrors] = useState({ errors: new Map<string, string>(), attempts: 0 })

  const open = findings.filter(({ code, severity }) => code.startsWith('configuration-') && severity !== 'info')
  const asked = groupsOf(schema)
    .map(({ name }) => name)
    .filter((name) => open.some(({ path = '' }) => path.split('.')[1] === name))
  const entries = { ...entriesOf(schema, before.configuration), ...typed }
  const part: ConfigSchema = {
    type: 'object',
    properties: Object.fromEntries(Object.entries(schema?.properties ?? {}).filter(([name]) => asked.includes(name))),
    required: schema?.required?.filter((name) => asked.includes(name)) ?? [],
  }
  const { configuration, mistakes } = readEntries(part, entries, before.secrets)
  const show = (next: ReadonlyMap<string, string>) =>
    setErrors((past) => ({ errors: new Map(next), attempts: past.attempts + 1 }))
  return {
    granted,
    setGranted,
    accepted,
    setAccepted,
    /** Names of the settings, or of their objects, that have to be looked at. */
    asked,
    entries,
    errors,
    attempts,
    body: { configuration: { ...configuration }, grantedPermissions: [...granted], acceptedHosts: [...accepted] },
    onEntry(name: string, entry: Entry) {
      setTyped((past) => ({ ...past, [name]: entry }))
      setErrors((past) => ({ ...past, errors: new Map([...past.errors].filter(([one]) => one !== name)) }))
    },
    /** Says what is missing; true when nothing is. */
    finish(): boolean {
      show(mistakeWords(mistakes, texts))
      const isGranted = newPermissions.every((name) => granted.includes(name))
      return mistakes.size === 0 && isGranted && newHosts.every((host) => accepted.includes(host))
    },
    refuse(error: unknown) {
      const found = configurationFindings(error)
      if (found.length > 0) show(findingsByField(part, found).fields)
    },
  }
}

export type UpdateAnswers = ReturnType<typeof useUpdateAnswers>
