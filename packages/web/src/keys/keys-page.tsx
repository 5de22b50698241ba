import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { isRole, useSession } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { Pager } from '../design/pager.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { KeysTable } from './keys-table.tsx'

const take = 20

/** The keys of whoever is signed in; all of them for super-admins. */
export function KeysPage() {
  const texts = useTexts().keys
  const { session } = useSession()
  const { skip = 0 } = useSearch({ from: '/keys' })
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const keys = useQuery({
    queryKey: ['keys', skip],
    queryFn: ({ signal }) => registry.listKeys({ query: { skip, take }, signal }),
  })
  const create = (
    <Button kind="primary" icon={<Plus size={18} aria-hidden />} onClick={() => setCreating(true)}>
      {texts.create}
    </Button>
  )
  return (
    <Page
      title={texts.title}
      lead={isRole(session, 'super-admin') ? texts.leadOfAll : texts.lead}
      actions={keys.data?.total === 0 ? undefined : create}
    >
      <Loaded query={keys}>
        {(page) =>
          page.total === 0 ? (
            <EmptyState picture={<KeyRound size={40} aria-hidden />} title={texts.noneTitle} action={create}>
              {texts.noneLead}
            </EmptyState>
          ) : (
            <>
              <KeysTable keys={page.keys} />
              <Pager
                skip={skip}
                take={take}
                total={page.total}
                onSkip={(next) => void navigate({ to: '/keys', search: next > 0 ? { skip: next } : {} })}
              />
            </>
          )
        }
      </Loaded>
      {creating && session && <CreateKeyDialog session={session} onClose={() => setCreating(false)} />}
    </Page>
  )
}
