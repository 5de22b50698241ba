import { PluginId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { Actor } from './auth.ts'
import { PluginParams } from './plugins.ts'
import { route } from './route.ts'
import { closed, Time } from './shapes.ts'

const Issuer = Type.String({ minLength: 1, maxLength: 300, description: 'Issuer (`iss`) of the pipeline’s tokens' })
const Claims = Type.Record(
  Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
  Type.String({ minLength: 1, maxLength: 300 }),
  {
    ...closed,
    minProperties: 1,
    maxProperties: 10,
    description: 'Claims that have to be there and equal, name → value',
  },
)

/** A pipeline that may publish a plugin. */
export const TrustedPublisher = Type.Object({ issuer: Issuer, claims: Claims, addedBy: Actor, addedAt: Time })
export type TrustedPublisher = Static<typeof TrustedPublisher>

const TrustedPublishers = Type.Object({ publishers: Type.Array(TrustedPublisher) })
const errors = ['plugin_not_found', 'not_owner'] as const

export const trustRoutes = {
  getTrustedPublishers: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/trusted-publishers',
    permission: 'plugin:manage',
    summary: 'The pipelines that may publish a plugin',
    params: PluginParams,
    status: 200,
    answer: TrustedPublishers,
    errors,
  }),
  setTrustedPublishers: route({
    method: 'PUT',
    path: '/api/plugins/:pluginId/trusted-publishers',
    permission: 'plugin:manage',
    summary: 'Say which pipelines may publish a plugin, in place of those that might before',
    params: PluginParams,
    body: Type.Object(
      {
        publishers: Type.Array(Type.Object({ issuer: Issuer, claims: Claims }, closed), { minItems: 1, maxItems: 10 }),
      },
      closed,
    ),
    status: 200,
    answer: TrustedPublishers,
    errors: [...errors, 'issuer_not_allowed'],
  }),
  deleteTrustedPublishers: route({
    method: 'DELETE',
    path: '/api/plugins/:pluginId/trusted-publishers',
    permission: 'plugin:manage',
    summary: 'Trust no pipeline any more; keys that they still hold end at once',
    params: PluginParams,
    status: 204,
    errors,
  }),
  exchangeToken: route({
    method: 'POST',
    path: '/api/oidc/exchange',
    permission: 'public',
    summary: 'Give a pipeline’s token for a key of fifteen minutes that publishes the plugins which trust it',
    body: Type.Object(
      {
        token: Type.String({ minLength: 1, maxLength: 16_384, description: 'Its audience is the registry’s address' }),
      },
      closed,
    ),
    status: 201,
    answer: Type.Object({
      key: Type.String(),
      subject: Actor,
      plugins: Type.Array(PluginId),
      expiresAt: Time,
    }),
    errors: ['token_invalid', 'token_expired', 'token_used', 'not_trusted', 'issuer_unavailable'],
  }),
}
