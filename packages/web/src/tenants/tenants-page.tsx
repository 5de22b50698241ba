import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Building2, Plus } from 'lucide-react'
import { useState } from 'react'
import { DeskPage } from '../app/desk-page.tsx'
import { Button } from '../design/button.tsx'
import { DataTable } from '../design/data-table.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Pager } from '../design/pager.tsx'
import { TimeAgo } from '../design/time-ago.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { AddTenantDialog } from './add-tenant-dialog.tsx'

const take = 50

/** The tenants of the platform. */
export function TenantsPage() {
  const texts = useTexts().tenants
  const { skip = 0 } = useSearch({ from: '/desk/tenants' })
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const tenants = useQuery({
    queryKey: ['tenants', skip],
    queryFn: ({ signal }) => registry.listTenants({ query: { skip, take }, signal }),
  })
  const add = (
    <Button kind="primary" icon={<Plus size={18} aria-hidden />} onClick={() => setAdding(true)}>
      {texts.add}
    </Button>
  )
  return (
    <DeskPage title={texts.title} lead={texts.lead} actions={tenants.data?.total === 0 ? undefined : add}>
      <Loaded query={tenants}>
        {(page) =>
          page.total === 0 ? (
            <EmptyState picture={<Building2 size={40} aria-hidden />} title={texts.noneTitle} action={add}>
              {texts.noneLead}
            </EmptyState>
          ) : (
            <>
              <DataTable
                label={texts.title}
                columns={[
                  { title: texts.id, cell: ({ id }) => <code>{id}</code> },
                  { title: texts.name, cell: ({ name }) => <span dir="auto">{name}</span> },
                  { title: texts.added, cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
                ]}
                rows={page.tenants}
                keyOf={({ id }) => id}
              />
              <Pager
                skip={skip}
                take={take}
                total={page.total}
                onSkip={(next) => void navigate({ to: '/desk/tenants', search: next > 0 ? { skip: next } : {} })}
              />
            </>
          )
        }
      </Loaded>
      {adding && <AddTenantDialog onClose={() => setAdding(false)} />}
    </DeskPage>
  )
}
