import type { Static } from 'typebox'
import Type from 'typebox'
import { ApiKey } from './auth.ts'
import { type KeyPermission, keyPermissions } from './permissions.ts'
import { route } from './route.ts'
import { closed, Time } from './shapes.ts'

const { subject, role, tenantId, plugins } = ApiKey.properties

/** Characters of a key or token: as many as a header may have. */
const mostCharacters = 16_384

/** Who a browser is signed in as. The cookie that says so is for the registry alone: no script of a page can read it. */
export const Session = Type.Object({
  subject,
  role,
  tenantId,
  keyId: Type.Union([Type.String(), Type.Null()], { description: 'Null for those who signed in with a token' }),
  permissions: Type.Array(Type.Unsafe<KeyPermission>(Type.Enum(keyPermissions)), {
    description: 'Everything that the role and the key’s reach give',
  }),
  /** The only ones that the permissions are for. */
  plugins,
  expiresAt: Time,
})
export type Session = Static<typeof Session>

export const sessionRoutes = {
  openSession: route({
    method: 'POST',
    path: '/api/session',
    permission: 'public',
    summary: 'Sign a browser in with a key or a token; the answer sets a cookie',
    body: Type.Object(
      {
        token: Type.String({
          minLength: 1,
          maxLength: mostCharacters,
          description: 'An API key, or a token of the platform',
        }),
      },
      closed,
    ),
    status: 201,
    answer: Session,
    errors: ['not_allowed'],
  }),
  getSession: route({
    method: 'GET',
    path: '/api/session',
    permission: 'public',
    summary: 'Who this browser is signed in as; null when it is not, or no longer',
    status: 200,
    answer: Type.Object({ session: Type.Union([Session, Type.Null()]) }),
    errors: [],
  }),
  closeSession: route({
    method: 'DELETE',
    path: '/api/session',
    permission: 'public',
    summary: 'Sign this browser out',
    status: 204,
    errors: [],
  }),
}
