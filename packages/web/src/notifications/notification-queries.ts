import { queryOptions } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'
import type { NotificationsSearch } from './notifications-search.ts'

export const notificationsTake = 50

/** One page of what the caller is notified of, newest first. */
export const notificationsQuery = (subject: string, { unread, skip = 0 }: NotificationsSearch) =>
  queryOptions({
    queryKey: ['notifications', subject, { unread: unread === true, skip }],
    queryFn: ({ signal }) =>
      registry.listNotifications({
        query: { skip, take: notificationsTake, ...(unread ? { unread } : {}) },
        signal,
      }),
  })

/** How many are unread. */
export const unreadQuery = (subject: string) =>
  queryOptions({
    queryKey: ['notifications', subject, 'unread'],
    queryFn: async ({ signal }) => (await registry.listNotifications({ query: { take: 1 }, signal })).unread,
    refetchInterval: 60_000,
  })
