import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { type RefObject, useEffect } from 'react'
import { Choice, ChoiceGroup } from '../design/field.tsx'
import { type Entries, type Entry, groupsOf, own, type Setting, type SettingGroup } from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'
import styles from './configuration-form.module.css'
import { SettingField } from './setting-field.tsx'

interface ConfigurationFormProps {
  schema: ConfigSchema | undefined
  entries: Entries
  onEntry: (name: string, entry: Entry) => void
  /** Words for what is wrong, by name of the setting. */
  errors: ReadonlyMap<string, string>
  /** Names of secrets that are set; what is not typed stays as it is. */
  kept?: readonly string[]
  /** Shows these alone. */
  only?: (group: SettingGroup) => boolean
}

/** The form that a plugin's manifest describes: fields for values, groups for objects. */
export function ConfigurationForm({ schema, only = () => true, ...form }: ConfigurationFormProps) {
  return (
    <div className={styles.form}>
      {groupsOf(schema)
        .filter(only)
        .map((group) =>
          group.property.type === 'object' ? (
            <ObjectFields key={group.name} group={group} {...form} />
          ) : (
            group.settings.map((setting) => <OneField key={setting.name} setting={setting} {...form} />)
          ),
        )}
    </div>
  )
}

type Form = Omit<ConfigurationFormProps, 'schema' | 'only'>

function OneField({ setting, entries, onEntry, errors, kept = [] }: Form & { setting: Setting }) {
  return (
    <SettingField
      setting={setting}
      entry={own(entries, setting.name)}
      onEntry={(entry) => onEntry(setting.name, entry)}
      error={errors.get(setting.name)}
      kept={kept.includes(setting.name)}
    />
  )
}

/** An object that may be left out is filled in by those who want it. */
function ObjectFields({ group, ...form }: Form & { group: SettingGroup }) {
  const texts = useTexts().install
  const { name, property, needed, settings } = group
  const wanted = needed || own(form.entries, name) === true
  const title = property.title ?? name
  return (
    <div className={styles.group}>
      <ChoiceGroup legend={<bdi>{title}</bdi>}>
        {property.description && (
          <p className={styles.hint} dir="auto">
            {property.description}
          </p>
        )}
        {!needed && (
          <Choice
            label={texts.setUp(title)}
            checked={wanted}
            onChange={({ target }) => form.onEntry(name, target.checked)}
          />
        )}
        {wanted && (
          <div className={styles.form}>
            {settings.map((setting) => (
              <OneField key={setting.name} setting={setting} {...form} />
            ))}
          </div>
        )}
      </ChoiceGroup>
    </div>
  )
}

/** Puts the focus on the first field that is wrong, each time that somebody has tried. */
export function useFocusOnMistake(form: RefObject<HTMLElement | null>, attempts: number): void {
  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [form, attempts])
}
