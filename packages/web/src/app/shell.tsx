import { Link, Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Skeleton } from '../design/skeleton.tsx'
import { useTexts } from '../language/language.tsx'
import { AccountMenu } from './account-menu.tsx'
import { navigation } from './navigation.ts'
import { NavigationLinks } from './navigation-links.tsx'
import { NoRightsPage } from './no-rights-page.tsx'
import { mayDo, useSession } from './session.ts'
import styles from './shell.module.css'

const Bell = lazy(() => import('../notifications/bell.tsx'))
const LapsedDialog = lazy(() => import('./lapsed-dialog.tsx'))

/** What all pages have around them: the way to the others, the account, and the content between. */
export function Shell() {
  const texts = useTexts().app
  const { session, lapsed } = useSession()
  return (
    <>
      <a href="#content" className={styles.skip}>
        {texts.skip}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand}>
            <img src="/favicon.svg" alt="" width={28} height={28} />
            {texts.name}
          </Link>
          <NavigationLinks label={texts.navigation} entries={navigation} />
          {session && (
            <Suspense fallback={<span className={styles.bell} />}>
              <Bell />
            </Suspense>
          )}
          <AccountMenu />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<Skeleton lines={6} />}>
          <AllowedPage />
        </Suspense>
      </main>
      {lapsed && (
        <Suspense>
          <LapsedDialog />
        </Suspense>
      )}
    </>
  )
}

/** A session that lapsed keeps its page, so that what was typed stays; the sign-in stands over it. */
function AllowedPage() {
  const { session, lapsed } = useSession()
  const permissions = useMatches({
    select: (matches) => matches.map(({ staticData }) => staticData.permission ?? 'public'),
  })
  const isAllowed = lapsed || permissions.every((permission) => mayDo(session, permission))
  return isAllowed ? <Outlet /> : <NoRightsPage />
}
