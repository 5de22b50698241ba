import { useSearch } from '@tanstack/react-router'
import { SelectField } from '../design/field.tsx'
import { useTexts } from '../language/language.tsx'
import { type SortOrder, sortOrders } from './marketplace-search.ts'
import { useChangeSearch } from './use-change-search.ts'

/** In which order the list is. */
export function SortSelect() {
  const texts = useTexts().marketplace
  const sortBy = useSearch({ from: '/', select: (search) => search.sortBy ?? 'relevance' })
  const change = useChangeSearch()
  const sort = (order: SortOrder) =>
    change(({ sortBy: _, ...rest }) => ({ ...rest, ...(order !== 'relevance' && { sortBy: order }) }))
  return (
    <SelectField label={texts.sort} value={sortBy} onChange={({ target }) => sort(target.value as SortOrder)}>
      {sortOrders.map((order) => (
        <option key={order} value={order}>
          {texts.sortOrders[order]}
        </option>
      ))}
    </SelectField>
  )
}
