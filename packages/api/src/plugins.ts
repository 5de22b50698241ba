import { Author, Category, Channel, Permission, PluginId, Pricing, TenantId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { PublishAnswer, PublishQuery, Visibility } from './publishing.ts'
import { packageBody, route } from './route.ts'
import { closed, Paging, page, Reason, Time } from './shapes.ts'

export const pluginStatuses = ['DRAFT', 'PENDING_REVIEW', 'PUBLISHED', 'DEPRECATED', 'REJECTED'] as const
export const PluginStatus = Type.Enum(pluginStatuses, { description: 'Derived from the states of its versions' })
export type PluginStatus = Static<typeof PluginStatus>

const Screenshot = Type.Object({ url: Type.String(), alt: Type.String() })

const summary = {
  id: PluginId,
  name: Type.String(),
  description: Type.String(),
  category: Category,
  tags: Type.Array(Type.String()),
  status: PluginStatus,
  visibility: Visibility,
  latestVersion: Type.Union([Version, Type.Null()], {
    description: 'What the channel `latest` means; null while it means nothing',
  }),
  icon: Type.Union([Type.String(), Type.Null()], { description: 'Address of the icon' }),
  screenshot: Type.Union([Screenshot, Type.Null()], { description: 'The first of its screenshots' }),
  author: Author,
  pricing: Pricing,
  averageRating: Type.Number({ minimum: 0, maximum: 5 }),
  ratingCount: Type.Integer(),
  downloadCount: Type.Integer(),
  installCount: Type.Integer(),
  publishedAt: Type.Union([Time, Type.Null()], { description: 'Null while no version is given out' }),
  updatedAt: Time,
}

export const Deprecation = Type.Object({
  reason: Type.String(),
  successor: Type.Union([PluginId, Type.Null()], { description: 'The plugin to use instead' }),
  at: Time,
})
export type Deprecation = Static<typeof Deprecation>

/** A plugin in a list. */
export const PluginSummary = Type.Object(summary)
export type PluginSummary = Static<typeof PluginSummary>

/** A plugin on its own page. */
export const PluginDetail = Type.Object({
  ...summary,
  license: Type.String(),
  homepage: Type.Optional(Type.String()),
  repository: Type.Optional(Type.String()),
  demoUrl: Type.Optional(Type.String()),
  screenshots: Type.Array(Screenshot),
  readme: Type.Union([Type.String(), Type.Null()], { description: 'Markdown' }),
  requiredPermissions: Type.Array(Permission),
  network: Type.Array(Type.String()),
  owners: Type.Array(Type.String()),
  channels: Type.Array(Type.Object({ tag: Channel, version: Version }), {
    description: 'Which version each channel means, `latest` too',
  }),
  deprecation: Type.Union([Deprecation, Type.Null()]),
  quality: Type.Object({ score: Type.Integer(), outOf: Type.Integer() }),
})
export type PluginDetail = Static<typeof PluginDetail>

/** What is a plugin's own and no version's. */
export const PluginSettings = Type.Object({
  id: PluginId,
  visibility: Visibility,
  tenants: Type.Array(TenantId, { description: 'Tenants that it is granted to while it is private, by id' }),
})
export type PluginSettings = Static<typeof PluginSettings>

/** Tenants that one plugin is granted to; what more of them need is public. */
const mostGranted = 1_000

export const PluginParams = Type.Object({ pluginId: PluginId }, closed)

export const pluginRoutes = {
  listPlugins: route({
    method: 'GET',
    path: '/api/plugins',
    permission: 'public',
    summary: 'Published plugins, newest first; or those that the caller manages',
    query: Type.Object(
      {
        ...Paging,
        owner: Type.Optional(
          Type.Literal('me', {
            description:
              'Only those that the caller owns, all for super-admins, by id; what is not published yet is among them',
          }),
        ),
      },
      closed,
    ),
    status: 200,
    answer: page('plugins', PluginSummary),
    errors: ['key_missing', 'not_allowed', 'key_scope'],
  }),
  publishPlugin: route({
    method: 'POST',
    path: '/api/plugins',
    permission: 'plugin:publish',
    summary: 'Publish a package; the plugin is the one that its manifest names',
    query: PublishQuery,
    body: packageBody,
    status: 201,
    answer: PublishAnswer,
    errors: [
      'package_refused',
      'version_taken',
      'id_looks_taken',
      'prerelease_latest',
      'too_many_channels',
      'visibility_conflict',
      'private_unavailable',
      'not_owner',
      'digest_mismatch',
      'body_incomplete',
      'body_too_large',
      'storage_full',
      'storage_unavailable',
    ],
  }),
  getPlugin: route({
    method: 'GET',
    path: '/api/plugins/:pluginId',
    permission: 'public',
    summary: 'One published plugin; owners and super-admins see it before its first approval too',
    params: PluginParams,
    status: 200,
    answer: PluginDetail,
    errors: ['plugin_not_found'],
  }),
  getPluginSettings: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/settings',
    permission: 'plugin:manage',
    summary: 'Whether a plugin is public, and to which tenants it is granted',
    params: PluginParams,
    status: 200,
    answer: PluginSettings,
    errors: ['plugin_not_found', 'not_owner'],
  }),
  changePlugin: route({
    method: 'PUT',
    path: '/api/plugins/:pluginId',
    permission: 'plugin:manage',
    summary: 'Make a plugin public or private, and grant it to tenants; what is not named stays as it is',
    params: PluginParams,
    body: Type.Object(
      {
        visibility: Type.Optional(Visibility),
        tenants: Type.Optional(
          Type.Array(TenantId, {
            maxItems: mostGranted,
            uniqueItems: true,
            description: 'All tenants that it is granted to from now on',
          }),
        ),
      },
      {
        ...closed,
        minProperties: 1,
        description:
          'visibility and tenants are set here; name, description and the rest of the listing come from the manifest, so change them there and publish a version',
      },
    ),
    status: 200,
    answer: PluginSettings,
    errors: ['plugin_not_found', 'not_owner', 'tenants_not_granted', 'private_unavailable'],
  }),
  deletePlugin: route({
    method: 'DELETE',
    path: '/api/plugins/:pluginId',
    permission: 'version:delete',
    summary: 'Remove a plugin that no tenant has installed, for ever; its id and its numbers are given to nobody else',
    params: PluginParams,
    query: Type.Object({ reason: Reason }, closed),
    status: 204,
    errors: ['plugin_not_found', 'plugin_in_use'],
  }),
}
