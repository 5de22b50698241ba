import { Link } from '@tanstack/react-router'
import { useTexts } from '../language/language.tsx'
import type { NavigationEntry } from './navigation.ts'
import styles from './navigation-links.module.css'
import { useMay, useTenantId } from './session.ts'

/** Links to pages, of those that whoever is signed in may see. */
export function NavigationLinks({ label, entries }: { label: string; entries: readonly NavigationEntry[] }) {
  const texts = useTexts().app
  const may = useMay()
  const tenantId = useTenantId()
  const seen = entries.filter(({ permission, ofTenant }) => may(permission) && (!ofTenant || tenantId !== null))
  return (
    <nav aria-label={label} className={styles.navigation}>
      {seen.map(({ to, text }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={styles.entry}>
          {texts[text]}
        </Link>
      ))}
    </nav>
  )
}
