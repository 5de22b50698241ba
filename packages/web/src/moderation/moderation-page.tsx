import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { MessagesSquare } from 'lucide-react'
import { DeskPage } from '../app/desk-page.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { SelectField } from '../design/field.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Pager } from '../design/pager.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { ModeratedItem } from './moderated-item.tsx'
import styles from './moderation-page.module.css'
import { parseModerationSearch } from './moderation-search.ts'

/** Reviews on one page. */
const take = 20

/** Milliseconds between two looks at what was reported, while the page is seen. */
const between = 15_000

/** Reviews that were reported, the longest waiting first, or hidden ones, for those who decide about them. */
export function ModerationPage() {
  const texts = useTexts().moderation
  const search = useSearch({ from: '/desk/moderation' })
  const navigate = useNavigate()
  const { state = 'reported', skip = 0 } = search
  const ratings = useQuery({
    queryKey: ['moderation', state, skip],
    queryFn: ({ signal }) => registry.listRatingsToModerate({ query: { state, skip, take }, signal }),
    refetchInterval: between,
    placeholderData: (before) => before,
  })
  const show = (next: Record<string, unknown>) =>
    void navigate({ to: '/desk/moderation', search: parseModerationSearch({ ...search, skip: 0, ...next }) })
  return (
    <DeskPage title={texts.title} lead={texts.lead}>
      <div className={styles.page}>
        <div className={styles.filter}>
          <SelectField label={texts.show} value={state} onChange={({ target }) => show({ state: target.value })}>
            <option value="reported">{texts.states.reported}</option>
            <option value="hidden">{texts.states.hidden}</option>
          </SelectField>
        </div>
        <Loaded query={ratings}>
          {(found) => (
            <>
              <p role="status" className={styles.count}>
                {texts.count(found.total)}
              </p>
              {found.ratings.length === 0 ? (
                <EmptyState picture={<MessagesSquare size={40} aria-hidden />} title={texts.emptyTitle}>
                  {state === 'hidden' ? texts.emptyHidden : texts.emptyReported}
                </EmptyState>
              ) : (
                <ul aria-label={texts.ratings} className={`plain-list ${styles.list}`}>
                  {found.ratings.map((moderated) => (
                    <li key={moderated.rating.id}>
                      <ModeratedItem moderated={moderated} />
                    </li>
                  ))}
                </ul>
              )}
              <Pager skip={skip} take={take} total={found.total} onSkip={(next) => show({ skip: next })} />
            </>
          )}
        </Loaded>
      </div>
    </DeskPage>
  )
}
