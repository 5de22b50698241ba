import type { VersionUsage } from '@plexica/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { Badge } from '../design/badge.tsx'
import { Problem } from '../design/problem.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './version-act-dialog.module.css'

/** How many tenants run these versions, and for super-admins which: to be seen before something is done about them. */
export function VersionUsers({
  usages,
  installs,
}: {
  usages: readonly UseQueryResult<VersionUsage>[]
  /** Of the whole plugin, where more versions may be in use than these. */
  installs?: number
}) {
  const texts = useTexts().versions
  const { number } = useFormat()
  const failed = usages.find(({ error, data }) => error && !data)
  if (failed) return <Problem error={failed.error} onRetry={() => void failed.refetch()} />
  const known = usages.flatMap(({ data }) => data ?? [])
  if (known.length < usages.length) return <Skeleton lines={2} />
  const total = installs ?? known.reduce((sum, usage) => sum + usage.total, 0)
  const tenants = known.flatMap((usage) => (usage.tenants ?? []).map((one) => ({ ...one, version: usage.version })))
  return (
    <section>
      <h3 className={styles.label}>{texts.usage}</h3>
      <p>{total === 0 ? texts.unused : texts.used(total)}</p>
      {tenants.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        <ul className={`plain-list ${styles.users}`} tabIndex={0} aria-label={texts.usedBy}>
          {tenants.map(({ tenantId, version, enabled }) => (
            <li key={`${tenantId} ${version}`}>
              <Badge>
                {tenantId}
                {usages.length > 1 && ` · ${version}`}
                {!enabled && ` · ${texts.disabled}`}
              </Badge>
            </li>
          ))}
          {total > tenants.length && <li>{texts.andMore(number(total - tenants.length))}</li>}
        </ul>
      )}
    </section>
  )
}
