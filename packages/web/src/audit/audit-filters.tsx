import { type FormEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { SelectField, TextField } from '../design/field.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './audit-page.module.css'
import { type AuditFilter, type AuditSearch, isAuditFilter, parseAuditSearch } from './audit-search.ts'

const fields: readonly AuditFilter[] = ['actor', 'operation', 'pluginId', 'tenantId', 'from', 'to']
const outcomes = ['done', 'refused', 'failed'] as const

/** What of the audit is wanted. */
export function AuditFilters({ filters, onFilter }: { filters: AuditSearch; onFilter: (next: AuditSearch) => void }) {
  const texts = useTexts().audit
  const [wrong, setWrong] = useState<readonly AuditFilter[]>([])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = Object.fromEntries(new FormData(event.currentTarget))
    const value = (name: AuditFilter) => String(wanted[name] ?? '').trim()
    const found = fields.filter((name) => value(name) !== '' && !isAuditFilter(name, value(name)))
    setWrong(found)
    if (found.length === 0) onFilter(parseAuditSearch(wanted))
  }
  return (
    <form aria-label={texts.filters} onSubmit={submit} className={styles.filters} noValidate>
      {fields.map((name) => (
        <TextField
          key={name}
          name={name}
          label={texts.fields[name]}
          type={name === 'from' || name === 'to' ? 'date' : 'text'}
          defaultValue={filters[name]}
          error={wrong.includes(name) ? texts.wrong : undefined}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      ))}
      <SelectField name="outcome" label={texts.outcome} defaultValue={filters.outcome ?? ''}>
        <option value="">{texts.every}</option>
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {texts.outcomes[one]}
          </option>
        ))}
      </SelectField>
      <div className={styles.buttons}>
        <Button type="submit" kind="primary">
          {texts.show}
        </Button>
        {Object.keys(filters).length > 0 && (
          <Button kind="quiet" onClick={() => onFilter({})}>
            {texts.clear}
          </Button>
        )}
      </div>
    </form>
  )
}
