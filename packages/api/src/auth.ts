import { TenantId } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { roles } from './permissions.ts'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

const Role = Type.Enum(roles)
export const Subject = Type.String({
  pattern: '^[a-z0-9][a-z0-9._@-]{0,99}$',
  description: 'The person or robot that the key stands for',
})

export const ApiKey = Type.Object({
  id: Type.String(),
  subject: Subject,
  role: Role,
  tenantId: Type.Union([TenantId, Type.Null()]),
  description: Type.Union([Type.String(), Type.Null()]),
  createdAt: Time,
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
      subject: Subject,
      role: Role,
      tenantId: Type.Union([TenantId, Type.Null()]),
      keyId: Type.String(),
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
