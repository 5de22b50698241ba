import { useNavigate, useSearch } from '@tanstack/react-router'
import { Page } from '../design/page.tsx'
import { useTexts } from '../language/language.tsx'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in-page.module.css'

export function SignInPage() {
  const texts = useTexts().app
  const navigate = useNavigate()
  const { to } = useSearch({ from: '/sign-in' })
  return (
    <div className={styles.narrow}>
      <Page title={texts.signInTitle} lead={texts.signInLead}>
        <SignInForm onDone={() => void navigate({ href: to ?? '/', replace: true })} />
      </Page>
    </div>
  )
}
