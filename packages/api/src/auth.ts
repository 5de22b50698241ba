import { PluginId, TenantId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { type KeyPermission, keyPermissions, roles } from './permissions.ts'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

const Role = Type.Enum(roles)
export const subjectPattern = '^[a-z0-9][a-z0-9._@-]{0,99}$'
export const Subject = Type.String({
  pattern: subjectPattern,
  description: 'The person or robot that the key stands for',
})

/** The name under which acts are recorded: a subject, or the pipeline that a plugin trusts. */
export const Actor = Type.String({
  maxLength: 400,
  description: 'The person or robot; `oidc:HOST/REPOSITORY` for a trusted pipeline',
})

const Permissions = Type.Array(Type.Unsafe<KeyPermission>(Type.Enum(keyPermissions)), {
  minItems: 1,
  maxItems: 50,
  uniqueItems: true,
  description: 'The only permissions of the role that the key has',
})
const Plugins = Type.Array(PluginId, {
  minItems: 1,
  maxItems: 500,
  uniqueItems: true,
  description: 'The only plugins that the key is for',
})

/** How far a key reaches inside its role; null is not narrowed. */
const Reach = {
  permissions: Type.Union([Permissions, Type.Null()]),
  plugins: Type.Union([Plugins, Type.Null()]),
}

const LastUse = Type.Union([Time, Type.Null()], { description: 'Exact to a minute' })

export const ApiKey = Type.Object({
  id: Type.String(),
  subject: Actor,
  role: Role,
  tenantId: Type.Union([TenantId, Type.Null()]),
  ...Reach,
  description: Type.Union([Type.String(), Type.Null()]),
  createdAt: Time,
  lastUsedAt: LastUse,
  expiresAt: Type.Union([Time, Type.Null()]),
  revokedAt: Type.Union([Time, Type.Null()]),
})
export type ApiKey = Static<typeof ApiKey>

export const authRoutes = {
  whoami: route({
    method: 'GET',
    path: '/api/whoami',
    permission: 'account:read',
    summary: 'Who the caller is',
    status: 200,
    answer: Type.Object({
      subject: Actor,
      role: Role,
      tenantId: Type.Union([TenantId, Type.Null()]),
      keyId: Type.Union([Type.String(), Type.Null()], { description: 'Null for those known by a token' }),
      ...Reach,
      lastUsedAt: LastUse,
      expiresAt: Type.Union([Time, Type.Null()]),
    }),
    errors: [],
  }),
  listKeys: route({
    method: 'GET',
    path: '/api/keys',
    permission: 'key:manage',
    summary: 'Keys without their secrets, newest first',
    query: Type.Object(Paging, closed),
    status: 200,
    answer: page('keys', ApiKey),
    errors: [],
  }),
  createKey: route({
    method: 'POST',
    path: '/api/keys',
    permission: 'key:manage',
    summary: 'Make a key; this answer is the only time that it is shown',
    body: Type.Object(
      {
        subject: Subject,
        role: Role,
        tenantId: Type.Optional(TenantId),
        permissions: Type.Optional(Permissions),
        plugins: Type.Optional(Plugins),
        description: Type.Optional(Type.String({ maxLength: 200 })),
        expiresAt: Type.Optional(Time),
      },
      closed,
    ),
    status: 201,
    answer: Type.Object({ key: Type.String(), ...ApiKey.properties }),
    errors: ['tenant_not_found'],
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/api/keys/:keyId',
    permission: 'key:manage',
    summary: 'Revoke a key at once',
    params: Type.Object({ keyId: Type.String({ maxLength: 64 }) }, closed),
    status: 204,
    errors: ['key_not_found'],
  }),
}
