import type { Notification, NotificationKind } from '@plexica/api'
import { known, type Principal } from '../auth/principal.ts'
import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import {
  type Inbox,
  type InboxRow,
  listNotifications as listRows,
  markAllRead,
  markRead,
  recipients,
} from './notification-store.ts'

const listNotifications: Handler<'listNotifications'> = async ({ world, principal, query }) => {
  const { skip = 0, take = 20, unread = false } = query
  const inbox = inboxOf(principal)
  const found = await listRows(world.db, inbox, { skip, take, unread })
  return { notifications: found.rows.map(view), total: found.total, unread: found.unread }
}

const readNotification: Handler<'readNotification'> = async ({ world, principal, params: { notificationId } }) => {
  if (!(await markRead(world.db, inboxOf(principal), notificationId, world.now().toISOString()))) {
    throw new RegistryError('notification_not_found', `You have no notification ${notificationId}.`)
  }
  return undefined
}

const readAllNotifications: Handler<'readAllNotifications'> = async ({ world, principal }) => {
  await markAllRead(world.db, inboxOf(principal), world.now().toISOString())
  return undefined
}

/**
 * Publishers read what came to them as owners, admins of a tenant what came to the tenant; others have nothing to read. A
 * key that was narrowed to plugins reads what is about those.
 */
function inboxOf(principal: Principal): Inbox {
  const { subject, role, tenantId, reach } = known(principal)
  const reader = { subject, plugins: reach?.plugins }
  if (role === 'publisher' || role === 'super-admin') return { ...reader, recipient: recipients.subject(subject) }
  const isAdmin = role === 'tenant-admin' && tenantId !== null
  return { ...reader, recipient: isAdmin ? recipients.tenant(tenantId) : recipients.nobody }
}

function view(row: InboxRow): Notification {
  return {
    id: row.number,
    kind: row.kind as NotificationKind,
    for: row.recipient.startsWith('tenant:') ? 'tenant' : 'you',
    pluginId: row.plugin_id,
    version: row.version,
    data: JSON.parse(row.data),
    at: row.happened_at,
    read: row.read_at !== null,
  }
}

export const notificationHandlers = { listNotifications, readNotification, readAllNotifications }
