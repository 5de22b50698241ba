import { Choice, SelectField } from '../design/field.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './queue-filters.module.css'
import type { ReviewSearch } from './review-search.ts'

/** Which submissions are shown, and in which order. */
export function QueueFilters({
  search: { state, mine, sort },
  onShow,
}: {
  search: ReviewSearch
  onShow: (change: Readonly<Record<string, unknown>>) => void
}) {
  const texts = useTexts().review
  return (
    <div className={styles.filters}>
      <SelectField
        label={texts.show}
        value={state ?? 'pending_review'}
        onChange={({ target }) => onShow({ state: target.value })}
      >
        {Object.entries(texts.states).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {state === undefined && (
        <>
          <SelectField
            label={texts.order}
            value={sort ?? 'age'}
            onChange={({ target }) => onShow({ sort: target.value })}
          >
            <option value="age">{texts.oldestFirst}</option>
            <option value="risk">{texts.riskFirst}</option>
          </SelectField>
          <Choice
            label={texts.mineOnly}
            checked={mine ?? false}
            onChange={({ target }) => onShow({ mine: target.checked })}
          />
        </>
      )}
    </div>
  )
}
