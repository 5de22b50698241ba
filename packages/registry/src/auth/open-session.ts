import type { SessionRow } from '../db/tables.ts'
import type { World } from '../world.ts'
import type { KnownPrincipal } from './principal.ts'
import { hashSessionSecret, newSessionSecret } from './session-cookie.ts'
import { deleteOldest, deleteSession, insertSession } from './session-store.ts'

/** Milliseconds that a session lasts: a working day. */
const sessionLasts = 12 * 3_600_000

/** Of one key, or of one person with tokens: as many browsers as somebody has, and a few that were forgotten. */
const mostSessions = 20

export interface OpenedSession {
  /** For the cookie; nothing else ever holds it. */
  readonly secret: string
  readonly expiresAt: string
  /** Whole seconds until then. */
  readonly seconds: number
}

/**
 * Signs a browser in as somebody who has shown who they are. The session ends with the key or token at the latest; one
 * that the browser had before ends now, and the oldest of a holder who has too many.
 */
export async function openSession(
  world: Pick<World, 'db' | 'now'>,
  principal: KnownPrincipal,
  before: string | undefined,
): Promise<OpenedSession> {
  const now = world.now()
  const secret = newSessionSecret()
  const end = Math.min(
    now.valueOf() + sessionLasts,
    principal.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(principal.expiresAt),
  )
  const isKey = principal.keyId !== null
  const row: SessionRow = {
    hash: hashSessionSecret(secret),
    key_id: principal.keyId,
    // What a key stands for is read from the key.
    subject: isKey ? null : principal.subject,
    role: isKey ? null : principal.role,
    tenant_id: isKey ? null : principal.tenantId,
    created_at: now.toISOString(),
    expires_at: new Date(end).toISOString(),
  }
  await world.db.transaction().execute(async (trx) => {
    if (before !== undefined) await deleteSession(trx, hashSessionSecret(before))
    await deleteOldest(trx, row, mostSessions - 1)
    await insertSession(trx, row)
  })
  return { secret, expiresAt: row.expires_at, seconds: Math.floor((end - now.valueOf()) / 1_000) }
}
