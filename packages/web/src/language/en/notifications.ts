import type { NotificationKind } from '@plexica/api'

type What = (plugin: string, version: string) => string

export const notifications = {
  title: 'Notifications',
  lead: 'What happened to your plugins.',
  onlyUnread: 'Unread only',
  unread: 'Unread',
  read: 'Mark as read',
  readAll: 'Mark all as read',
  none: 'Nothing has happened yet',
  noneUnread: 'You have read everything',
  noneLead: 'Updates, decisions and warnings about your plugins appear here.',
  kinds: {
    submitted: (plugin, version) => `${plugin} ${version} waits for a decision`,
    approved: (plugin, version) => `${plugin} ${version} was approved`,
    rejected: (plugin, version) => `${plugin} ${version} was rejected`,
    'rating-created': (plugin) => `${plugin} was rated`,
    'rating-reported': (plugin) => `A rating of ${plugin} was reported to the moderators`,
    affected: (plugin, version) => `A security advisory names what ${plugin} ${version} bundles`,
    'update-available': (plugin, version) => `${plugin} ${version} is there`,
    deprecated: (plugin) => `The owners of ${plugin} advise against it`,
    yanked: (plugin, version) => `${plugin} ${version}, which you run, was withdrawn`,
  } satisfies Record<NotificationKind, What> as Record<NotificationKind, What>,
}
