import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell as Picture } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useMay, useSession } from '../app/session.ts'
import { buttonClass } from '../design/button.tsx'
import { useTexts } from '../language/language.tsx'
import { followTenant, useTenantEvents } from '../registry/tenant-events.ts'
import styles from './bell.module.css'
import { unreadQuery } from './notification-queries.ts'

/** Events are told at once, the notifications that come of them a moment later, and together. In milliseconds. */
const moment = 1_500

/** The way to the notifications, with how many are unread. Where somebody belongs to a tenant, it follows its events. */
export default function Bell() {
  const texts = useTexts().app
  const { session } = useSession()
  const subject = session?.subject ?? ''
  const unread = useQuery({ ...unreadQuery(subject), enabled: session !== null }).data ?? 0
  useFollowedTenant()
  return (
    <Link
      to="/notifications"
      className={buttonClass({ kind: 'quiet', small: true }, styles.bell)}
      aria-label={unread === 0 ? texts.notifications : texts.unread(unread)}
    >
      <Picture size={18} aria-hidden />
      {unread > 0 && (
        <span className={styles.count} aria-hidden>
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  )
}

/** What others do to the tenant's plugins appears by itself. */
function useFollowedTenant(): void {
  const queries = useQueryClient()
  const { session } = useSession()
  const mayRead = useMay()('installation:read')
  const tenantId = (mayRead && session?.tenantId) || null
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (tenantId === null) return
    const stop = followTenant(tenantId, () => void queries.invalidateQueries({ queryKey: ['tenant', tenantId] }))
    return () => {
      stop()
      clearTimeout(timer.current)
    }
  }, [tenantId, queries])
  useTenantEvents(() => {
    void queries.invalidateQueries({ queryKey: ['tenant', tenantId] })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void queries.invalidateQueries({ queryKey: ['notifications'] }), moment)
  })
}
