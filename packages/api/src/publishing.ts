import { Channel, Digest, Finding, Manifest, PluginId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { bytesAnswer, packageBody, route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

export const versionStates = ['draft', 'pending_review', 'published', 'rejected', 'yanked'] as const
export const VersionState = Type.Enum(versionStates)
export type VersionState = Static<typeof VersionState>

export const visibilities = ['public', 'private'] as const
export const Visibility = Type.Enum(visibilities, {
  description:
    '`private`: there for its owners, super-admins and the tenants that it is granted to, and for nobody else',
})
export type Visibility = Static<typeof Visibility>

export const PublishQuery = Type.Object(
  {
    digest: Type.Optional(
      Type.Unsafe<string>({ ...Digest, description: 'What the client packed; compared with what arrives' }),
    ),
    tag: Type.Optional(
      Type.Unsafe<string>({
        ...Channel,
        description: 'Channel that the version is published to; without one, releases become `latest` by themselves',
      }),
    ),
    submit: Type.Optional(Type.Boolean({ default: true, description: 'false leaves the version a draft' })),
    visibility: Type.Optional(
      Type.Unsafe<Visibility>({
        ...Visibility,
        description: 'What a new plugin becomes, `public` unless said; of one that is there it has to be what it is',
      }),
    ),
  },
  closed,
)

/** What became of a package. Publishing the same bytes again gives the same answer with `created: false`. */
export const PublishAnswer = Type.Object({
  id: PluginId,
  version: Version,
  digest: Digest,
  status: VersionState,
  created: Type.Boolean(),
  findings: Type.Array(Finding),
  submission: Type.Union([Type.String({ description: 'Id of the submission' }), Type.Null()]),
  position: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], { description: 'Place in the review queue' }),
  url: Type.String({ description: 'Where the version can be looked at' }),
})
export type PublishAnswer = Static<typeof PublishAnswer>

/** The verdict that publishing this package now would get. */
export const PreflightAnswer = Type.Object({
  verdict: Type.Enum(['accepted', 'unchanged', 'refused']),
  id: Type.Union([PluginId, Type.Null()]),
  version: Type.Union([Version, Type.Null()]),
  digest: Type.Union([Digest, Type.Null()]),
  changelog: Type.Union([Type.String(), Type.Null()], { description: 'What its CHANGELOG.md says of this version' }),
  findings: Type.Array(Finding),
  /** The error that publishing would answer with. */
  code: Type.Union([Type.String(), Type.Null()]),
  detail: Type.Union([Type.String(), Type.Null()]),
  /** What to do about that error. */
  fix: Type.Union([Type.String(), Type.Null()]),
})
export type PreflightAnswer = Static<typeof PreflightAnswer>

export const VersionDetail = Type.Object({
  pluginId: PluginId,
  version: Version,
  digest: Digest,
  state: VersionState,
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Why it was rejected or yanked' }),
  channels: Type.Array(Channel, { description: 'Channels that mean this version' }),
  changelog: Type.Union([Type.String(), Type.Null()]),
  manifest: Manifest,
  packedBytes: Type.Integer(),
  unpackedBytes: Type.Integer(),
  quality: Type.Object({ score: Type.Integer(), outOf: Type.Integer() }),
  downloadCount: Type.Integer(),
  createdAt: Time,
  publishedAt: Type.Union([Time, Type.Null()]),
  files: Type.Array(
    Type.Object({
      path: Type.String(),
      bytes: Type.Integer(),
      integrity: Type.String({ description: 'Subresource Integrity value' }),
    }),
  ),
})
export type VersionDetail = Static<typeof VersionDetail>

/** A version in a list: without its files and manifest. */
export const VersionSummary = Type.Object({
  pluginId: PluginId,
  version: Version,
  digest: Digest,
  state: VersionState,
  reason: Type.Union([Type.String(), Type.Null()]),
  channels: Type.Array(Channel, { description: 'Channels that mean this version' }),
  changelog: Type.Union([Type.String(), Type.Null()]),
  packedBytes: Type.Integer(),
  downloadCount: Type.Integer(),
  createdAt: Time,
  publishedAt: Type.Union([Time, Type.Null()]),
})
export type VersionSummary = Static<typeof VersionSummary>

/** An exact version, a channel such as `latest`, or a semver range: the highest published version that fits. */
export const VersionParams = Type.Object(
  { pluginId: PluginId, version: Type.String({ minLength: 1, maxLength: 128 }) },
  closed,
)

const receiveErrors = [
  'digest_mismatch',
  'body_incomplete',
  'body_too_large',
  'storage_full',
  'storage_unavailable',
] as const

export const publishingRoutes = {
  publishVersion: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/versions',
    permission: 'plugin:publish',
    summary: 'Publish a package as a version of this plugin and submit it for review',
    params: Type.Object({ pluginId: PluginId }, closed),
    query: PublishQuery,
    body: packageBody,
    status: 201,
    answer: PublishAnswer,
    errors: [
      'package_refused',
      'plugin_id_mismatch',
      'version_taken',
      'id_looks_taken',
      'not_owner',
      'prerelease_latest',
      'too_many_channels',
      'visibility_conflict',
      'private_unavailable',
      ...receiveErrors,
    ],
  }),
  preflight: route({
    method: 'POST',
    path: '/api/preflight',
    permission: 'plugin:publish',
    summary: 'The verdict that publishing this package would get; stores nothing',
    query: Type.Object(
      {
        digest: PublishQuery.properties.digest,
        tag: PublishQuery.properties.tag,
        visibility: PublishQuery.properties.visibility,
      },
      closed,
    ),
    body: packageBody,
    status: 200,
    answer: PreflightAnswer,
    errors: ['private_unavailable', ...receiveErrors],
  }),
  listVersions: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/versions',
    permission: 'public',
    summary: 'Versions, highest first; owners and super-admins see those that are not published too',
    params: Type.Object({ pluginId: PluginId }, closed),
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('versions', VersionSummary),
    errors: ['plugin_not_found'],
  }),
  getVersion: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/versions/:version',
    permission: 'public',
    summary: 'One version: exact, a channel such as `latest`, or a semver range',
    params: VersionParams,
    status: 200,
    answer: VersionDetail,
    errors: ['plugin_not_found', 'version_not_found'],
  }),
  getPackage: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/versions/:version/package',
    permission: 'public',
    summary: 'The package of a version; before approval for owners and super-admins only',
    params: VersionParams,
    status: 200,
    answer: bytesAnswer,
    errors: [
      'plugin_not_found',
      'version_not_found',
      'package_removed',
      'package_damaged',
      'storage_unavailable',
      'range_not_satisfiable',
    ],
  }),
}
