import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { DeskPage } from '../app/desk-page.tsx'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Notice } from '../design/notice.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { AuditFilters } from './audit-filters.tsx'
import styles from './audit-page.module.css'
import type { AuditSearch } from './audit-search.ts'
import { AuditTable } from './audit-table.tsx'

const take = 50

/** Who changed what, and who was refused. Rows are chained, so that none can be changed or left out unseen. */
export function AuditPage() {
  const texts = useTexts().audit
  const search = useSearch({ from: '/desk/audit' })
  const navigate = useNavigate()
  const go = (next: AuditSearch) => void navigate({ to: '/desk/audit', search: next })
  const audit = useQuery({
    queryKey: ['audit', search],
    queryFn: ({ signal }) => registry.listAudit({ query: { ...queryOf(search), take }, signal }),
    placeholderData: keepPreviousData,
  })
  const { before, ...filters } = search
  return (
    <DeskPage title={texts.title} lead={texts.lead}>
      <div className={styles.audit}>
        <AuditFilters key={JSON.stringify(filters)} filters={filters} onFilter={go} />
        <Loaded query={audit}>
          {({ rows, next }) =>
            rows.length === 0 ? (
              <EmptyState picture={<ScrollText size={40} aria-hidden />} title={texts.noneTitle}>
                {texts.noneLead}
              </EmptyState>
            ) : (
              <>
                <AuditTable rows={rows} />
                <nav className={styles.pages} aria-label={texts.pages}>
                  <Button small disabled={before === undefined} onClick={() => go(filters)}>
                    {texts.newest}
                  </Button>
                  <Button
                    small
                    disabled={next === null}
                    onClick={() => next !== null && go({ ...filters, before: next })}
                  >
                    {texts.older}
                  </Button>
                </nav>
              </>
            )
          }
        </Loaded>
        <Notice title={texts.chainTitle}>
          <p>{texts.chainLead}</p>
          <p>
            <code>plexica-registry audit verify</code>
          </p>
        </Notice>
      </div>
    </DeskPage>
  )
}

/** Whole days of whoever looks, as times. */
function queryOf({ from, to, ...rest }: AuditSearch) {
  return {
    ...rest,
    ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
    ...(to ? { to: new Date(`${to}T23:59:59.999`).toISOString() } : {}),
  }
}
