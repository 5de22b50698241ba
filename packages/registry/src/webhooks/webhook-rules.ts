import { isIP } from 'node:net'
import type { WebhookScope } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import type { KnownPrincipal } from '../auth/principal.ts'
import type { WebhookRow } from '../db/tables.ts'
import { requestFinding } from '../http/request-finding.ts'
import { isPublicAddress } from './public-address.ts'

/** Webhooks of one publisher, of one tenant, and of all super-admins together. */
export const mostWebhooks = 20

const second = 1_000
const hour = 3_600 * second
const day = 24 * hour
const firstDelay = 5 * second
const longestDelay = 6 * hour
/** Milliseconds after which a delivery that was never taken is given up. */
const patience = day
/** Milliseconds after which a webhook that takes nothing is turned off. */
const longFailure = 3 * day

/** Whose webhooks somebody makes, sees and changes. */
export type WebhookAccess =
  | { readonly scope: 'everything' }
  | { readonly scope: 'plugins'; readonly subject: string }
  | { readonly scope: 'tenant'; readonly tenantId: string }

/** Undefined for those who have none. Super-admins see everybody’s, and make those that get everything. */
export function webhookAccess({ role, subject, tenantId }: KnownPrincipal): WebhookAccess | undefined {
  if (role === 'super-admin') return { scope: 'everything' }
  if (role === 'publisher') return { scope: 'plugins', subject }
  if (role === 'tenant-admin' && tenantId !== null) return { scope: 'tenant', tenantId }
  return undefined
}

/** What is wrong with an address beyond its form. Where a name leads to is looked at each time that it is called. */
export function urlFindings(text: string, allowPrivate: boolean): Finding[] {
  const url = URL.parse(text)
  const no = (problem: string, fix: string) => [requestFinding('body.url', `body.url ${problem}.`, fix)]
  if (!url || !/^https?:$/.test(url.protocol)) return no('is no http or https address', 'Write it whole.')
  if (url.username || url.password) return no('has credentials in it', 'Check the signature of what is sent instead.')
  if (url.hash) return no('has a fragment', 'Leave out the part from # on.')
  if (allowPrivate || isIP(hostOf(url)) === 0 || isPublicAddress(hostOf(url))) return []
  return no('leads into a private network', 'Use an address that can be reached from outside.')
}

/** The host without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

/** When to try again after so many attempts; undefined when it is not worth it any more. `random` is from 0 to 1. */
export function nextAttempt(
  { attempts, createdAt }: { attempts: number; createdAt: string },
  now: Date,
  random: number,
): Date | undefined {
  const delay = Math.min(firstDelay * 4 ** (attempts - 1), longestDelay)
  // Receivers that were away do not get everything at the same moment.
  const next = new Date(now.getTime() + delay * (0.8 + 0.4 * random))
  return next.getTime() - Date.parse(createdAt) > patience ? undefined : next
}

/** Whether a webhook whose delivery was given up has failed for too long. */
export function isLongFailure(failingSince: string | null, now: Date): boolean {
  return failingSince !== null && now.getTime() - Date.parse(failingSince) > longFailure
}

/** Whether a webhook wants events of this type. */
export function wantsType(row: Pick<WebhookRow, 'event_types'>, type: string): boolean {
  const types: string[] = JSON.parse(row.event_types)
  return types.length === 0 || types.includes(type)
}

export function scopeOf(row: Pick<WebhookRow, 'scope'>): WebhookScope {
  return row.scope as WebhookScope
}
