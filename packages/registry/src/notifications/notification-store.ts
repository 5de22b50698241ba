import type { NotificationKind } from '@plexica/api'
import { type SelectQueryBuilder, sql } from 'kysely'
import { countOf } from '../db/count-of.ts'
import type { Db, EventRow, NotificationRow, Tables, Trx } from '../db/tables.ts'

/** Names in the column `recipient`. */
export const recipients = {
  subject: (subject: string) => `subject:${subject}`,
  tenant: (tenantId: string) => `tenant:${tenantId}`,
  /** Nobody is told anything under this name. */
  nobody: 'nobody',
}

/** What happened, to a plugin. */
export type PluginEvent = EventRow & { plugin_id: string }

/** Notifies the owners that a plugin has now. */
export async function notifyOwners(trx: Trx, event: PluginEvent, kind: NotificationKind): Promise<void> {
  await insertFor(
    trx,
    event,
    kind,
    trx
      .selectFrom('plugin_owners')
      .select(sql<string>`'subject:' || subject`.as('recipient'))
      .where('plugin_id', '=', event.plugin_id),
  )
}

/** Notifies the tenants that have a plugin now, or only those that run one of these versions. */
export async function notifyTenants(
  trx: Trx,
  event: PluginEvent,
  kind: NotificationKind,
  versions: readonly string[] | undefined,
): Promise<void> {
  if (versions?.length === 0) return
  let tenants = trx
    .selectFrom('installations')
    .select(sql<string>`'tenant:' || tenant_id`.as('recipient'))
    .where('plugin_id', '=', event.plugin_id)
  if (versions) tenants = tenants.where('version', 'in', versions)
  await insertFor(trx, event, kind, tenants)
}

/** The versions of a plugin that tenants have. */
export async function versionsRunning(db: Db, pluginId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('installations')
    .select('version')
    .distinct()
    .where('plugin_id', '=', pluginId)
    .execute()
  return rows.map(({ version }) => version)
}

/** One statement, however many there are. An event notifies nobody twice. */
async function insertFor<From extends keyof Tables>(
  trx: Trx,
  event: PluginEvent,
  kind: NotificationKind,
  told: SelectQueryBuilder<Tables, From, { recipient: string }>,
): Promise<void> {
  const text = (value: string | null) => sql<string>`cast(${value} as text)`
  await trx
    .insertInto('notifications')
    .columns(['recipient', 'event_number', 'kind', 'plugin_id', 'version', 'data', 'happened_at'])
    .expression(
      told.select([
        sql<number>`cast(${event.number} as bigint)`.as('event_number'),
        text(kind).as('kind'),
        text(event.plugin_id).as('of_plugin'),
        text(event.version).as('of_version'),
        text(event.data).as('data'),
        text(event.happened_at).as('happened_at'),
      ]),
    )
    .onConflict((conflict) => conflict.columns(['event_number', 'recipient']).doNothing())
    .execute()
}

export type InboxRow = NotificationRow & { read_at: string | null }

/** What a recipient was told, newest first, and whether this person has read it. */
export async function listNotifications(
  db: Db,
  inbox: Inbox,
  { skip, take, unread }: { skip: number; take: number; unread: boolean },
): Promise<{ rows: InboxRow[]; total: number; unread: number }> {
  const rows = await inboxOf(db, inbox, unread)
    .selectAll('notifications')
    .select('reads.read_at')
    .orderBy('number', 'desc')
    .limit(take)
    .offset(skip)
    .execute()
  return {
    rows,
    total: await countOf(inboxOf(db, inbox, unread)),
    unread: await countOf(inboxOf(db, inbox, true)),
  }
}

/** Whose notifications, and who reads them. */
export interface Inbox {
  readonly recipient: string
  readonly subject: string
  /** The only plugins that they read about; all of them when undefined. */
  readonly plugins: readonly string[] | undefined
}

/** Marks one as read; false when there is no such one in the inbox. */
export async function markRead(db: Db, inbox: Inbox, number: number, at: string): Promise<boolean> {
  const found = await inboxOf(db, inbox, false).select('number').where('number', '=', number).executeTakeFirst()
  if (!found) return false
  await db
    .insertInto('notification_reads')
    .values({ notification: number, subject: inbox.subject, read_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return true
}

export async function markAllRead(db: Db, inbox: Inbox, at: string): Promise<void> {
  const text = (value: string) => sql<string>`cast(${value} as text)`
  await db
    .insertInto('notification_reads')
    .columns(['notification', 'subject', 'read_at'])
    .expression(inboxOf(db, inbox, true).select(['number', text(inbox.subject).as('reader'), text(at).as('at')]))
    .onConflict((conflict) => conflict.columns(['notification', 'subject']).doNothing())
    .execute()
}

/** Deletes what happened before a time and was read by anybody. */
export async function deleteReadBefore(db: Db, at: string): Promise<void> {
  await db
    .deleteFrom('notifications')
    .where('happened_at', '<', at)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('notification_reads')
          .select('notification')
          .whereRef('notification_reads.notification', '=', 'notifications.number'),
      ),
    )
    .execute()
}

function inboxOf(db: Db, { recipient, subject, plugins }: Inbox, onlyUnread: boolean) {
  let inbox = db
    .selectFrom('notifications')
    .leftJoin('notification_reads as reads', (join) =>
      join.onRef('reads.notification', '=', 'notifications.number').on('reads.subject', '=', subject),
    )
    .where('recipient', '=', recipient)
  if (plugins) inbox = inbox.where('plugin_id', 'in', plugins)
  return onlyUnread ? inbox.where('reads.read_at', 'is', null) : inbox
}
