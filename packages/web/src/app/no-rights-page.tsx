import { Lock } from 'lucide-react'
import { EmptyState } from '../design/empty-state.tsx'
import { usePageTitle } from '../design/page.tsx'
import { useTexts } from '../language/language.tsx'
import { useSession } from './session.ts'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in-page.module.css'

/** In place of a page that whoever is signed in, or nobody, may not see. Signing in shows the page. */
export function NoRightsPage() {
  const texts = useTexts().app
  const { session } = useSession()
  const title = session ? texts.noRightsTitle : texts.signInFirstTitle
  usePageTitle(title)
  return (
    <div className={styles.narrow}>
      <EmptyState level={1} picture={<Lock size={40} aria-hidden />} title={title}>
        {session ? texts.noRightsLead(session.subject) : texts.signInFirstLead}
      </EmptyState>
      <SignInForm onDone={() => {}} />
    </div>
  )
}
