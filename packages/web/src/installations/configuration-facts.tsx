import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { useTexts } from '../language/language.tsx'
import styles from './configuration-facts.module.css'
import { settingsOf, type Values, valueAt } from './settings.ts'

/** Every setting with its value; of secrets only whether they are set. */
export function ConfigurationFacts({
  schema,
  configuration,
  secrets = [],
}: {
  schema: ConfigSchema | undefined
  configuration: Values
  /** Names of secrets that are set and not in the configuration. */
  secrets?: readonly string[]
}) {
  const texts = useTexts().install
  const shown = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? texts.yes : texts.no
    if (Array.isArray(value)) return value.length === 0 ? texts.notSet : value.join(', ')
    return value === undefined || value === null ? texts.notSet : String(value)
  }
  return (
    <dl className={styles.facts}>
      {settingsOf(schema).map(({ name, path, property }) => {
        const value = valueAt(configuration, path) ?? property.default
        const isSecretSet = property.secret && (value !== undefined || secrets.includes(name))
        return (
          <div key={name} className={styles.fact}>
            <dt dir="auto">{property.title ?? name}</dt>
            <dd dir="auto">{isSecretSet ? texts.secretSet : shown(value)}</dd>
          </div>
        )
      })}
    </dl>
  )
}
