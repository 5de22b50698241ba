import { PluginId, TenantId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { eventStreamAnswer, route } from './route.ts'
import { closed, Paging, Time } from './shapes.ts'

/** What can happen, for event streams, webhooks and notifications: type → what it means. */
export const eventTypes = {
  'submission.created': 'A version waits for a decision',
  'submission.replaced': 'Other bytes came for a version that waited',
  'submission.claimed': 'Somebody looks at a submission, or has let go of it',
  'submission.approved': 'A version was approved, and is given out from now on',
  'submission.rejected': 'A version was rejected, with a reason',
  'version.yanked': 'A version was withdrawn; those who run it keep it',
  'version.unyanked': 'A yank was undone',
  'version.deleted': 'A version was deleted for ever',
  'version.affected': 'An advisory names what a version bundles',
  'plugin.deprecated': 'The owners of a plugin advise against it',
  'plugin.undeprecated': 'A deprecation was undone',
  'plugin.changed': 'A plugin became public or private, or was granted to other tenants',
  'plugin.deleted': 'A plugin was deleted with all its versions, for ever',
  'plugin.owners-changed': 'Somebody became or ceased to be an owner',
  'rating.created': 'A tenant’s user rated a plugin, or changed the rating',
  'rating.replied': 'An owner replied to a rating',
  'rating.reported': 'Somebody asked a moderator to look at a rating',
  'installation.installed': 'A tenant has a plugin',
  'installation.enabled': 'A plugin shows in the tenant’s pages',
  'installation.disabled': 'A plugin no longer shows in the tenant’s pages',
  'installation.configured': 'A tenant’s configuration of a plugin changed',
  'installation.experimented': 'A tenant tries a second configuration of a plugin, or has ended that',
  'installation.sandboxed': 'A tenant said whether a plugin runs in frames of its own',
  'installation.updated': 'A tenant runs another version of a plugin',
  'installation.rolled-back': 'A tenant runs the version again that it had before',
  'installation.uninstalled': 'A tenant no longer has a plugin',
} as const
export type EventType = keyof typeof eventTypes

/** Something that happened, as it is told outside: without the name of whoever did it. */
export const Event = Type.Object({
  number: Type.Integer({ minimum: 1, description: 'Rises with each event; numbers may be left out' }),
  type: Type.Enum(Object.keys(eventTypes) as EventType[]),
  at: Time,
  pluginId: Type.Union([PluginId, Type.Null()]),
  version: Type.Union([Version, Type.Null()]),
  data: Type.Record(Type.String(), Type.Unknown(), { description: 'What belongs to the type, such as a reason' }),
})
export type Event = Static<typeof Event>

const After = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'The number of the last event that was seen',
})
const TenantParams = Type.Object({ tenantId: TenantId }, closed)

export const eventRoutes = {
  streamEvents: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/events',
    permission: 'installation:read',
    summary:
      'Server-sent events of the tenant and of what becomes of its plugins, from now on or after `Last-Event-ID` or `after`',
    params: TenantParams,
    query: Type.Object({ after: Type.Optional(After) }, closed),
    status: 200,
    answer: eventStreamAnswer,
    errors: ['tenant_not_found'],
  }),
  listEvents: route({
    method: 'GET',
    path: '/api/tenants/:tenantId/events/history',
    permission: 'installation:read',
    summary: 'The same events, a page after a number, for those who ask now and then',
    params: TenantParams,
    query: Type.Object({ after: Type.Optional({ ...After, default: 0 }), take: Paging.take }, closed),
    status: 200,
    answer: Type.Object({
      events: Type.Array(Event),
      last: Type.Integer({ description: 'What to ask with as `after` next' }),
      more: Type.Boolean({ description: 'There are more already' }),
    }),
    errors: ['tenant_not_found'],
  }),
}
