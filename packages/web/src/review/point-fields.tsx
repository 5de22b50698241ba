import { Trash2 } from 'lucide-react'
import { IconButton } from '../design/button.tsx'
import { TextAreaField, TextField } from '../design/field.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './point-fields.module.css'

/** A point of a rejection while it is written. */
export interface Draft {
  readonly key: number
  readonly code: string
  readonly path: string
  readonly message: string
}

export function PointFields({
  point: { code, path, message },
  number,
  checked,
  onChange,
  onRemove,
}: {
  point: Draft
  number: number
  /** Whether what is missing is said. */
  checked: boolean
  onChange: (next: Partial<Draft>) => void
  onRemove: () => void
}) {
  const texts = useTexts().review
  return (
    <fieldset className={styles.point}>
      <legend className="visually-hidden">{texts.point(number)}</legend>
      <div className={styles.message}>
        <TextAreaField
          label={`${number}. ${texts.pointMessage}`}
          rows={2}
          value={message}
          onChange={({ target }) => onChange({ message: target.value })}
          error={checked && message.trim() === '' ? texts.pointMissing : undefined}
          maxLength={2_000}
          dir="auto"
        />
      </div>
      <TextField
        label={texts.pointPath}
        optional={texts.optional}
        value={path}
        onChange={({ target }) => onChange({ path: target.value })}
        maxLength={200}
        spellCheck={false}
      />
      <TextField
        label={texts.pointCode}
        optional={texts.optional}
        value={code}
        onChange={({ target }) => onChange({ code: target.value })}
        maxLength={100}
        spellCheck={false}
      />
      <IconButton label={texts.removePoint(number)} onClick={onRemove}>
        <Trash2 size={18} aria-hidden />
      </IconButton>
    </fieldset>
  )
}
