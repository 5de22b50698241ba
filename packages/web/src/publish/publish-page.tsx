import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { isRole, useSession } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { Pager } from '../design/pager.tsx'
import { useTexts } from '../language/language.tsx'
import { OwnPluginsTable } from './own-plugins-table.tsx'
import { PublishPluginModal } from './publish-plugin-modal.tsx'
import { ownPluginsQuery, ownPluginsTake } from './publish-queries.ts'

/** Where publishers see how their plugins stand, and publish. */
export function PublishPage() {
  const texts = useTexts().publish
  const { session } = useSession()
  const { skip = 0 } = useSearch({ from: '/publish' })
  const navigate = useNavigate()
  const plugins = useQuery(ownPluginsQuery(skip))
  const [publishing, setPublishing] = useState(false)
  const start = (
    <Button kind="primary" icon={<Upload size={18} aria-hidden />} onClick={() => setPublishing(true)}>
      {texts.start}
    </Button>
  )
  return (
    <Page
      title={texts.title}
      lead={isRole(session, 'super-admin') ? texts.leadOfAll : texts.lead}
      actions={plugins.data?.total === 0 ? undefined : start}
    >
      <Loaded query={plugins}>
        {(page) =>
          page.total === 0 ? (
            <EmptyState picture={<Upload size={40} aria-hidden />} title={texts.noneTitle} action={start}>
              {texts.noneLead}
            </EmptyState>
          ) : (
            <>
              <OwnPluginsTable plugins={page.plugins} />
              <Pager
                skip={skip}
                take={ownPluginsTake}
                total={page.total}
                onSkip={(next) => void navigate({ to: '/publish', search: next > 0 ? { skip: next } : {} })}
              />
            </>
          )
        }
      </Loaded>
      <PublishPluginModal open={publishing} onClose={() => setPublishing(false)} />
    </Page>
  )
}
