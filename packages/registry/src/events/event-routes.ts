import { authenticate } from '../auth/authenticate.ts'
import { refusal } from '../auth/policy.ts'
import { type KnownPrincipal, known } from '../auth/principal.ts'
import type { Call, Handler } from '../http/handler.ts'
import { RegistryError } from '../http/registry-error.ts'
import { Reply } from '../http/reply.ts'
import { requestFinding } from '../http/request-finding.ts'
import { requireTenant } from '../tenants/tenant-store.ts'
import { lastEventNumber, tenantEventsAfter } from './event-store.ts'
import { EventStream } from './event-stream.ts'
import { eventView } from './event-view.ts'
import { Waker } from './waker.ts'

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies that collect what they pass on would hold events back (nginx).
  'x-accel-buffering': 'no',
}

const streamEvents: Handler<'streamEvents'> = async (call) => {
  const { world, params, principal, headers, log } = call
  const { tenantId } = params
  await requireTenant(world.db, tenantId)
  const last = await lastEventNumber(world.db)
  // A number that was never given out, as from a database that was restored, would wait for ever.
  const after = Math.min(afterOf(call) ?? last, last)
  const free = world.streams.take(keyOf(known(principal)), tenantId)
  if (!free) {
    const detail = 'There are too many open event streams for this key or tenant.'
    throw new RegistryError('too_many_requests', detail, { headers: { 'retry-after': '30' } })
  }
  const stream = new EventStream({
    after,
    waker: new Waker(world.bus),
    isOver: () => world.bus.isOver,
    last: () => lastEventNumber(world.db),
    read: (from, take) => tenantEventsAfter(world.db, { tenantId, after: from, take }),
    check: async () => {
      const refused = refusal(await authenticate(world, { method: 'GET', headers }), 'installation:read', tenantId)
      if (refused) throw new RegistryError(refused.code, refused.detail)
    },
    onFailure: (error) => {
      if (error instanceof RegistryError) log.info({ code: error.code }, 'event stream ended')
      else log.warn({ err: error }, 'event stream ended')
    },
  })
  stream.once('close', free)
  return new Reply(200, streamHeaders, stream)
}

const listEvents: Handler<'listEvents'> = async ({ world, params: { tenantId }, query: { after = 0, take = 20 } }) => {
  await requireTenant(world.db, tenantId)
  const last = await lastEventNumber(world.db)
  const rows = await tenantEventsAfter(world.db, { tenantId, after, take: take + 1 })
  const events = rows.slice(0, take).map(eventView)
  const more = rows.length > take
  const end = events.at(-1)?.number ?? 0
  return { events, last: more ? end : Math.max(end, last), more }
}

/** Whose streams are counted together: those of a key, or of a person with a token. */
function keyOf({ keyId, subject }: KnownPrincipal): string {
  return keyId ?? `token ${subject}`
}

/** A browser's `EventSource` says in a header where it was when it lost the connection. */
function afterOf({ headers, query }: Call<'streamEvents'>): number | undefined {
  const header = headers['last-event-id']
  if (header === undefined || header === '') return query.after
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header)
  const problem = 'The header Last-Event-ID must be the number of an event.'
  const findings = [requestFinding('header.Last-Event-ID', problem, 'Send the last `id` of the stream, or no header.')]
  throw new RegistryError('request_invalid', problem, { findings })
}

export const eventHandlers = { streamEvents, listEvents }
