import { Link } from '@tanstack/react-router'
import { CircleUserRound, Settings2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button, buttonClass } from '../design/button.tsx'
import { SelectField } from '../design/field.tsx'
import { useLanguage, useTexts } from '../language/language.tsx'
import { type Language, languages } from '../language/texts.ts'
import styles from './account-menu.module.css'
import { useMay, useSession, useSignOut } from './session.ts'
import { applyTheme, preferredTheme, type Theme, themes } from './theme.ts'

/** Who is signed in, and how the pages look and speak. */
export function AccountMenu() {
  const texts = useTexts().app
  const { session } = useSession()
  const signOut = useSignOut()
  const may = useMay()
  const panel = useRef<HTMLDivElement>(null)
  const Picture = session ? CircleUserRound : Settings2
  return (
    <div className={styles.account}>
      {!session && (
        <Link to="/sign-in" className={buttonClass({ small: true })}>
          {texts.signIn}
        </Link>
      )}
      <Button
        kind="quiet"
        small
        popoverTarget="account"
        aria-label={session ? texts.signedInAs(session.subject) : texts.account}
        icon={<Picture size={18} aria-hidden />}
      >
        {session && <span className={styles.subject}>{session.subject}</span>}
      </Button>
      <div ref={panel} id="account" popover="auto" className={styles.panel}>
        {session && (
          <>
            <p className={styles.role}>
              {texts.roles[session.role]}
              {session.tenantId && ` · ${session.tenantId}`}
            </p>
            {may('key:manage') && (
              <Link to="/keys" onClick={() => panel.current?.hidePopover()}>
                {texts.keys}
              </Link>
            )}
            <Button small busy={signOut.isPending} onClick={() => signOut.mutate()}>
              {texts.signOut}
            </Button>
          </>
        )}
        <ThemeField />
        <LanguageField />
      </div>
    </div>
  )
}

function ThemeField() {
  const texts = useTexts().app
  const [theme, setTheme] = useState(preferredTheme)
  const choose = (next: Theme) => {
    setTheme(next)
    applyTheme(next)
  }
  return (
    <SelectField label={texts.theme} value={theme} onChange={({ target }) => choose(target.value as Theme)}>
      {themes.map((id) => (
        <option key={id} value={id}>
          {texts.themes[id]}
        </option>
      ))}
    </SelectField>
  )
}

function LanguageField() {
  const texts = useTexts().app
  const { language, speak } = useLanguage()
  return (
    <SelectField
      label={texts.language}
      value={language}
      onChange={({ target }) => void speak(target.value as Language)}
    >
      {Object.entries(languages).map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
