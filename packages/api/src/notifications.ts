import { PluginId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { route } from './route.ts'
import { closed, Paging, Time } from './shapes.ts'

/** What somebody is notified of: kind → what it means to them. */
export const notificationKinds = {
  submitted: 'A version of your plugin waits for a decision',
  approved: 'A version of your plugin was approved',
  rejected: 'A version of your plugin was rejected',
  'rating-created': 'Somebody rated your plugin, or changed the rating',
  'rating-reported': 'Somebody asked a moderator to look at a rating of your plugin',
  affected: 'An advisory names what a version bundles that you own or run',
  'update-available': 'There is a newer version of a plugin that your tenant has',
  deprecated: 'Its owners advise against a plugin that your tenant has',
  yanked: 'The version that your tenant runs was withdrawn',
} as const
export type NotificationKind = keyof typeof notificationKinds

export const Notification = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  kind: Type.Enum(Object.keys(notificationKinds) as NotificationKind[]),
  for: Type.Enum(['you', 'tenant'], {
    description: 'Whether it came to you as an owner, or to the admins of your tenant',
  }),
  pluginId: PluginId,
  version: Type.Union([Version, Type.Null()]),
  data: Type.Record(Type.String(), Type.Unknown(), { description: 'The event’s, such as a reason' }),
  at: Time,
  read: Type.Boolean({ description: 'By you' }),
})
export type Notification = Static<typeof Notification>

export const notificationRoutes = {
  listNotifications: route({
    method: 'GET',
    path: '/api/notifications',
    permission: 'account:read',
    summary: 'What happened to the caller’s plugins, and for admins of a tenant to the tenant’s, newest first',
    query: Type.Object({ ...Paging, unread: Type.Optional(Type.Boolean({ default: false })) }, closed),
    status: 200,
    answer: Type.Object({
      notifications: Type.Array(Notification),
      total: Type.Integer({ minimum: 0 }),
      unread: Type.Integer({ minimum: 0, description: 'How many are unread, on every page' }),
    }),
    errors: [],
  }),
  readAllNotifications: route({
    method: 'POST',
    path: '/api/notifications/read-all',
    permission: 'account:read',
    summary: 'Mark all that there are as read by the caller',
    status: 204,
    errors: [],
  }),
  readNotification: route({
    method: 'POST',
    path: '/api/notifications/:notificationId/read',
    permission: 'account:read',
    summary: 'Mark one as read by the caller; read ones go after 90 days',
    params: Type.Object({ notificationId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }, closed),
    status: 204,
    errors: ['notification_not_found'],
  }),
}
