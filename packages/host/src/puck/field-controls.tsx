import type { Field } from '@plexica/manifest-schema'
import { AutoField, type CustomField, FieldLabel, type Field as PuckField } from '@puckeditor/core'
import type { ReactElement, ReactNode } from 'react'
import { fitValue, type Misfit } from './fit-props.ts'
import { migrateValue } from './migrate-props.ts'
import { pictureAddress } from './rendered-values.ts'

/** What Puck gives to the control of a custom field. */
interface ControlProps {
  field: CustomField<unknown>
  id: string
  value: unknown
  onChange: (value: unknown) => void
  readOnly?: boolean
}

const input = { width: '100%', boxSizing: 'border-box', padding: '8px', font: 'inherit', minWidth: 0 } as const
const note = { margin: '8px 0 0', fontSize: '13px', lineHeight: 1.4 } as const

/** A colour as text, which holds all forms of it, beside the browser's own picker, which knows `#rrggbb` only. */
export function ColorControl({ field, id, value, onChange, readOnly = false }: ControlProps): ReactElement {
  const text = typeof value === 'string' ? value : ''
  const label = field.label ?? ''
  return (
    <FieldLabel label={label} el="div" readOnly={readOnly}>
      <div style={{ display: 'flex', gap: '8px' }}>
        <input
          type="color"
          aria-label={`${label}: pick`}
          value={longColor(text)}
          disabled={readOnly}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <input
          type="text"
          id={id}
          aria-label={label}
          placeholder="#1a2b3c"
          spellCheck={false}
          value={text}
          readOnly={readOnly}
          onChange={(event) => onChange(event.currentTarget.value)}
          style={input}
        />
      </div>
    </FieldLabel>
  )
}

function longColor(text: string): string {
  if (/^#[0-9a-f]{3}$/i.test(text)) return text.replace(/[0-9a-f]/gi, '$&$&')
  return /^#[0-9a-f]{6}/i.test(text) ? text.slice(0, 7) : '#000000'
}

/** The address of a picture and how it looks: one of the web, or `assets/…` of the plugin's package. */
export function ImageControl({ field, id, value, onChange, readOnly = false }: ControlProps): ReactElement {
  const text = typeof value === 'string' ? value : ''
  const label = field.label ?? ''
  const source = pictureAddress(text, field.metadata?.bundleUrl)
  return (
    <FieldLabel label={label} el="div" readOnly={readOnly}>
      <input
        type="text"
        inputMode="url"
        id={id}
        aria-label={label}
        placeholder="https://…"
        spellCheck={false}
        value={text}
        readOnly={readOnly}
        onChange={(event) => onChange(event.currentTarget.value)}
        style={input}
      />
      {/^https?:/.test(source) && (
        // Its address stands beside it in words.
        <img src={source} alt="" style={{ display: 'block', marginTop: '8px', maxWidth: '100%', maxHeight: '120px' }} />
      )}
    </FieldLabel>
  )
}

/** A value that this page has no control for. */
export function ReadOnlyControl({ field, id, value }: ControlProps): ReactElement {
  const label = field.label ?? ''
  return (
    <FieldLabel label={label} el="div" readOnly>
      <textarea id={id} aria-label={label} readOnly rows={3} value={shown(value)} style={input} />
      <p style={note}>This editor cannot change a field of type “{field.metadata?.type}”. Its value is kept.</p>
    </FieldLabel>
  )
}

/** What a page has saved for fields that are no more. */
export function KeptControl({ field }: ControlProps): ReactElement {
  const kept: Readonly<Record<string, unknown>> = field.metadata?.kept ?? {}
  return (
    <FieldLabel label={field.label ?? ''} el="div" readOnly>
      <dl style={{ ...note, margin: 0 }} data-plexica-kept="">
        {Object.entries(kept).map(([path, value]) => (
          <div key={path}>
            <dt>
              <code>{path}</code>
            </dt>
            <dd style={{ margin: '0 0 8px 16px', overflowWrap: 'anywhere' }}>{shown(value)}</dd>
          </div>
        ))}
      </dl>
    </FieldLabel>
  )
}

/** What a guarded field is made of. */
export interface GuardedField {
  /** The field as the manifest has it, and as Puck draws it. */
  field: Field
  control: PuckField
  /** What stands under an earlier name, while nothing stands under the one of today. */
  moved: unknown
}

/**
 * A field whose saved value is not what the component gets: it was saved under an earlier name, does not fit, or is
 * missing and has a default. Shows what the component gets and says why; the page is written by the next change.
 */
function GuardedControl({ field, value, onChange, readOnly = false }: ControlProps): ReactElement {
  const { field: declared, control, moved } = guardedFieldOf(field)
  const misfits: Misfit[] = []
  const stored = value === undefined ? moved : value
  const taken = fitValue(declared, migrateValue(declared, stored), '', misfits)
  const notes = misfits.map(({ path, value, wanted }) => (
    <p key={path} style={note} data-plexica-misfit="">
      {path && <code>{path.replace(/^\./, '')}: </code>}“{shown(value)}” does not fit here: {wanted}. The default is
      used until another value is chosen.
    </p>
  ))
  return (
    <>
      <Labelled control={control} label={field.label ?? ''} readOnly={readOnly}>
        <AutoField field={control} value={taken} onChange={onChange} readOnly={readOnly} />
      </Labelled>
      {notes}
    </>
  )
}

export function guardedField(label: string, guarded: GuardedField): CustomField<unknown> {
  return { type: 'custom', key: guardedKey, label, render: GuardedControl, metadata: { guarded } }
}

export function isGuarded(field: PuckField | undefined): boolean {
  return field?.type === 'custom' && field.key === guardedKey
}

/** Puck keeps the first control of a custom field for as long as the key is the same: what changes is in `metadata`. */
const guardedKey = 'plexica-guarded'

function guardedFieldOf(field: CustomField<unknown>): GuardedField {
  return field.metadata?.guarded as GuardedField
}

/** Our own controls bring their label; Puck's bring none when they are used inside of another field. */
function Labelled(props: { control: PuckField; label: string; readOnly: boolean; children: ReactNode }): ReactElement {
  const { control, label, readOnly, children } = props
  if (control.type === 'custom') return <div>{children}</div>
  const many = control.type === 'radio' || control.type === 'array' || control.type === 'object'
  return (
    <FieldLabel label={label} el={many ? 'div' : 'label'} readOnly={readOnly}>
      {children}
    </FieldLabel>
  )
}

/** A value in words, cut where it is long. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
