import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { BellOff } from 'lucide-react'
import { useSession } from '../app/session.ts'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Loaded } from '../design/loaded.tsx'
import { Page } from '../design/page.tsx'
import { Pager } from '../design/pager.tsx'
import { Problem } from '../design/problem.tsx'
import { Switch } from '../design/switch.tsx'
import { useTexts } from '../language/language.tsx'
import { registry } from '../registry/client.ts'
import { NotificationItem } from './notification-item.tsx'
import { notificationsQuery, notificationsTake } from './notification-queries.ts'
import styles from './notifications.module.css'

/** What happened to somebody's plugins, unread first. */
export function NotificationsPage() {
  const texts = useTexts().notifications
  const { session } = useSession()
  const search = useSearch({ from: '/notifications' })
  const navigate = useNavigate({ from: '/notifications' })
  const queries = useQueryClient()
  const query = notificationsQuery(session?.subject ?? '', search)
  const found = useQuery({ ...query, enabled: session !== null, placeholderData: keepPreviousData })
  const reading = useMutation({
    mutationFn: (notificationId: number | 'all') =>
      notificationId === 'all'
        ? registry.readAllNotifications()
        : registry.readNotification({ params: { notificationId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  })
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        found.data &&
        found.data.unread > 0 && (
          <Button busy={reading.isPending && reading.variables === 'all'} onClick={() => reading.mutate('all')}>
            {texts.readAll}
          </Button>
        )
      }
    >
      <div className={styles.page}>
        <Switch
          label={texts.onlyUnread}
          checked={search.unread === true}
          onChange={({ target }) => void navigate({ search: target.checked ? { unread: true } : {} })}
        />
        {reading.error && <Problem error={reading.error} />}
        <Loaded query={found}>
          {({ notifications, total }) =>
            notifications.length === 0 ? (
              <EmptyState
                picture={<BellOff size={40} aria-hidden />}
                title={search.unread ? texts.noneUnread : texts.none}
              >
                {texts.noneLead}
              </EmptyState>
            ) : (
              <>
                <ul className={`plain-list ${styles.list}`}>
                  {notifications
                    .toSorted((a, b) => Number(a.read) - Number(b.read))
                    .map((notification) => (
                      <li key={notification.id}>
                        <NotificationItem notification={notification} onRead={() => reading.mutate(notification.id)} />
                      </li>
                    ))}
                </ul>
                <Pager
                  skip={search.skip ?? 0}
                  take={notificationsTake}
                  total={total}
                  onSkip={(skip) => void navigate({ search: ({ unread }) => ({ ...(unread && { unread }), skip }) })}
                />
              </>
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}
