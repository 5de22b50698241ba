import type { Session } from '@plexica/api'
import type { Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { Reply } from '../http/reply.ts'
import { slowGuesses } from '../rate-limits/slow-guesses.ts'
import { authenticateBy } from './authenticate.ts'
import { openSession as open } from './open-session.ts'
import { permissionsOf } from './policy.ts'
import { type ReadSession, readSession } from './read-session.ts'
import { originOf, requireOwnPage } from './request-origin.ts'
import { clearedCookie, hashSessionSecret, sessionCookie, sessionSecret } from './session-cookie.ts'
import { deleteSession } from './session-store.ts'

const openSession: Handler<'openSession'> = async ({ world, body, headers, network, log, about }) => {
  const url = world.publicUrl()
  // Nobody signs somebody else's browser in; programs say nothing of where they are.
  if (originOf(headers, url) === 'other-site') throw new RegistryError('cross_site_refused')
  const principal = await slowGuesses(world.limiter, network, () => authenticateBy(world, body.token))
  const { secret, expiresAt, seconds } = await open(world, principal, sessionSecret(headers, url))
  const { subject, role, keyId, tenantId } = principal
  about({ subject, role, ...(keyId === null ? {} : { keyId }), ...(tenantId === null ? {} : { tenantId }) })
  log.info({ subject, role, keyId, tenantId }, 'signed in')
  return json(201, sessionView({ principal, expiresAt }), { 'set-cookie': sessionCookie(secret, seconds, url) })
}

const getSession: Handler<'getSession'> = async ({ world, headers }) => {
  const url = world.publicUrl()
  const isOwn = originOf(headers, url) !== 'other-site'
  const session = isOwn ? await readSession(world, headers) : undefined
  if (session) return json(200, { session: sessionView(session) })
  const isOver = isOwn && sessionSecret(headers, url) !== undefined
  return json(200, { session: null }, isOver ? { 'set-cookie': clearedCookie(url) } : {})
}

const closeSession: Handler<'closeSession'> = async ({ world, headers }) => {
  const url = world.publicUrl()
  const secret = sessionSecret(headers, url)
  if (secret !== undefined) {
    requireOwnPage(headers, url)
    await deleteSession(world.db, hashSessionSecret(secret))
  }
  return new Reply(204, { 'cache-control': 'no-store', 'set-cookie': clearedCookie(url) })
}

function sessionView({ principal, expiresAt }: ReadSession): Session {
  const { subject, role, tenantId, keyId, reach } = principal
  const plugins = reach?.plugins ? [...reach.plugins] : null
  return { subject, role, tenantId, keyId, permissions: permissionsOf(principal), plugins, expiresAt }
}

/** Never kept by anybody: the next answer may be another. */
function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  const form = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return new Reply(status, { ...form, ...headers }, Buffer.from(JSON.stringify(value)))
}

export const sessionHandlers = { openSession, getSession, closeSession }
