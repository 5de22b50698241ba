import type { FormatName } from '@plexica/manifest-schema/validate'
import type { HTMLInputTypeAttribute } from 'react'
import { Choice, ChoiceGroup, SelectField, TextAreaField, TextField } from '../design/field.tsx'
import type { Entry, Setting } from '../installations/settings.ts'
import { useTexts } from '../language/language.tsx'
import styles from './configuration-form.module.css'

export interface SettingFieldProps {
  setting: Setting
  entry: Entry | undefined
  onEntry: (entry: Entry) => void
  error: string | undefined
  /** A secret that is set already. */
  kept: boolean
}

const inputTypes: Readonly<Record<FormatName, HTMLInputTypeAttribute>> = {
  uri: 'url',
  email: 'email',
  date: 'date',
  'date-time': 'text',
}

/** Longer texts get more lines. */
const oneLine = 200

/** The control that fits a setting's type. */
export function SettingField(field: SettingFieldProps) {
  const texts = useTexts().install
  const { setting, entry, onEntry, error } = field
  const { name, property, needed } = setting
  const { type, title = name, description, items } = property
  const label = <bdi>{title}</bdi>
  const hint = description && <bdi>{description}</bdi>
  if (property.secret) return <SecretField {...field} />
  if (type === 'boolean') {
    return (
      <Choice label={label} hint={hint} checked={entry === true} onChange={({ target }) => onEntry(target.checked)} />
    )
  }
  if (type === 'array' && Array.isArray(items?.enum)) {
    return <ChoicesField {...field} choices={items.enum.map(String)} />
  }
  const text = typeof entry === 'string' ? entry : ''
  const optional = needed || property.default !== undefined ? undefined : texts.optional
  const common = { label, error, optional, value: text, required: needed }
  const onChange = ({ target }: { target: { value: string } }) => onEntry(target.value)
  if (property.enum) {
    return (
      <SelectField {...common} hint={hint} onChange={onChange}>
        {(!needed || text === '') && <option value="">{needed ? texts.choose : texts.none}</option>}
        {property.enum.map((value) => (
          <option key={value} value={String(value)}>
            {value}
          </option>
        ))}
      </SelectField>
    )
  }
  if (type === 'array') {
    const lines = (
      <>
        {hint} {texts.onePerLine}
      </>
    )
    return <TextAreaField {...common} hint={lines} dir="auto" onChange={onChange} />
  }
  if (type === 'number' || type === 'integer') {
    const inputMode = type === 'integer' && (property.minimum ?? -1) >= 0 ? 'numeric' : 'decimal'
    return <TextField {...common} hint={hint} inputMode={inputMode} onChange={onChange} />
  }
  const isLong = property.format === undefined && (property.maxLength ?? 0) > oneLine
  if (isLong) return <TextAreaField {...common} hint={hint} dir="auto" onChange={onChange} />
  const input = property.format === undefined ? 'text' : inputTypes[property.format]
  const example = property.format === 'date-time' && texts.timeExample
  const words = (
    <>
      {hint} {example}
    </>
  )
  return (
    <TextField {...common} hint={hint || example ? words : undefined} type={input} dir="auto" onChange={onChange} />
  )
}

/** Write-only: nobody sees what is set. */
function SecretField({ setting, entry, onEntry, error, kept }: SettingFieldProps) {
  const texts = useTexts().install
  const { name, property, needed } = setting
  const { title = name, description } = property
  const isRemoved = entry === null
  return (
    <div className={styles.secret}>
      <TextField
        type="password"
        label={<bdi>{title}</bdi>}
        hint={
          <>
            {description && <bdi>{description} </bdi>}
            {kept ? texts.secretKept : texts.secretHint}
          </>
        }
        error={error}
        optional={needed ? undefined : texts.optional}
        required={needed && !kept}
        value={typeof entry === 'string' ? entry : ''}
        disabled={isRemoved}
        autoComplete="new-password"
        spellCheck={false}
        onChange={({ target }) => onEntry(target.value)}
      />
      {kept && !needed && (
        <Choice
          label={texts.removeSecret(title)}
          checked={isRemoved}
          onChange={({ target }) => onEntry(target.checked ? null : '')}
        />
      )}
    </div>
  )
}

function ChoicesField({ setting, entry, onEntry, error, choices }: SettingFieldProps & { choices: readonly string[] }) {
  const { name, property } = setting
  const chosen = Array.isArray(entry) ? (entry as readonly string[]) : []
  const turn = (choice: string, on: boolean) =>
    onEntry(choices.filter((one) => (one === choice ? on : chosen.includes(one))))
  return (
    <ChoiceGroup legend={<bdi>{property.title ?? name}</bdi>}>
      {property.description && (
        <p className={styles.hint} dir="auto">
          {property.description}
        </p>
      )}
      {choices.map((choice) => (
        <Choice
          key={choice}
          label={<bdi>{choice}</bdi>}
          checked={chosen.includes(choice)}
          aria-invalid={error ? true : undefined}
          onChange={({ target }) => turn(choice, target.checked)}
        />
      ))}
      <p className={styles.error} role="alert">
        {error}
      </p>
    </ChoiceGroup>
  )
}
