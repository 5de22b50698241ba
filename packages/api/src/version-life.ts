import { Channel, PluginId, TenantId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { Deprecation, PluginParams, PluginStatus } from './plugins.ts'
import { VersionParams, VersionSummary } from './publishing.ts'
import { route } from './route.ts'
import { closed, Paging, Reason, Time } from './shapes.ts'

const ExactParams = Type.Object({ pluginId: PluginId, version: Version }, closed)
const ChannelParams = Type.Object({ pluginId: PluginId, tag: Channel }, closed)

/** Who runs a version: to be looked at before it is yanked, deprecated or deleted. */
export const VersionUsage = Type.Object({
  pluginId: PluginId,
  version: Version,
  total: Type.Integer({ minimum: 0, description: 'Tenants that have this version installed' }),
  tenants: Type.Union(
    [Type.Array(Type.Object({ tenantId: TenantId, enabled: Type.Boolean(), installedAt: Time })), Type.Null()],
    {
      description: 'One page of them, by id, for super-admins; null for owners, to whom tenants are nobody’s business',
    },
  ),
})
export type VersionUsage = Static<typeof VersionUsage>

export const SetChannel = Type.Object({
  tag: Channel,
  version: Version,
  setBy: Type.String(),
  setAt: Time,
})
export type SetChannel = Static<typeof SetChannel>

export const DeprecationAnswer = Type.Object({
  id: PluginId,
  status: PluginStatus,
  deprecation: Type.Union([Deprecation, Type.Null()]),
})
export type DeprecationAnswer = Static<typeof DeprecationAnswer>

const managed = ['plugin_not_found', 'not_owner'] as const

export const versionLifeRoutes = {
  yankVersion: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/versions/:version/yank',
    permission: 'plugin:manage',
    summary: 'Withdraw a version: those who pin it keep it, nobody new gets it; yanking again changes the reason',
    params: ExactParams,
    body: Type.Object({ reason: Reason }, closed),
    status: 200,
    answer: VersionSummary,
    errors: [...managed, 'version_not_found', 'state_conflict'],
  }),
  unyankVersion: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/versions/:version/unyank',
    permission: 'plugin:manage',
    summary: 'Give a yanked version out again',
    params: ExactParams,
    status: 200,
    answer: VersionSummary,
    errors: [...managed, 'version_not_found', 'state_conflict', 'package_removed'],
  }),
  deleteVersion: route({
    method: 'DELETE',
    path: '/api/plugins/:pluginId/versions/:version',
    permission: 'version:delete',
    summary: 'Remove a version that no tenant has installed, for ever; its number is never given to other bytes',
    params: ExactParams,
    query: Type.Object({ reason: Reason }, closed),
    status: 204,
    errors: ['plugin_not_found', 'version_not_found', 'version_in_use'],
  }),
  getVersionUsage: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/versions/:version/usage',
    permission: 'plugin:manage',
    summary: 'How many tenants run a version, and for super-admins which',
    params: VersionParams,
    query: Type.Object(Paging, closed),
    status: 200,
    answer: VersionUsage,
    errors: [...managed, 'version_not_found'],
  }),
  setChannel: route({
    method: 'PUT',
    path: '/api/plugins/:pluginId/tags/:tag',
    permission: 'plugin:manage',
    summary: 'Let a channel, `latest` too, mean this published version until it is moved, removed or published to',
    params: ChannelParams,
    body: Type.Object(
      {
        version: Version,
        allowPrerelease: Type.Optional(
          Type.Boolean({ default: false, description: 'Without it no prerelease becomes `latest`' }),
        ),
      },
      closed,
    ),
    status: 200,
    answer: SetChannel,
    errors: [...managed, 'version_not_found', 'state_conflict', 'prerelease_latest', 'too_many_channels'],
  }),
  deleteChannel: route({
    method: 'DELETE',
    path: '/api/plugins/:pluginId/tags/:tag',
    permission: 'plugin:manage',
    summary: 'Let a channel follow what is published to it again; one to which nothing was published ends',
    params: ChannelParams,
    status: 204,
    errors: [...managed, 'channel_not_found'],
  }),
  deprecatePlugin: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/deprecate',
    permission: 'plugin:manage',
    summary: 'Advise against a plugin: it can still be installed, with a warning; deprecating again changes the words',
    params: PluginParams,
    body: Type.Object(
      {
        reason: Reason,
        successor: Type.Optional(Type.Unsafe<string>({ ...PluginId, description: 'What to use instead' })),
      },
      closed,
    ),
    status: 200,
    answer: DeprecationAnswer,
    errors: [...managed, 'state_conflict'],
  }),
  undeprecatePlugin: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/undeprecate',
    permission: 'plugin:manage',
    summary: 'Take a deprecation back',
    params: PluginParams,
    status: 200,
    answer: DeprecationAnswer,
    errors: [...managed],
  }),
}
