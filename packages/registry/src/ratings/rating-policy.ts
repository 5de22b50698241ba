import { type Refusal, refusal } from '../auth/policy.ts'
import { isSuperAdmin, type Principal } from '../auth/principal.ts'
import type { RatingRow } from '../db/tables.ts'

/** A person of a tenant. The same name in another tenant is somebody else. */
export interface Member {
  readonly tenantId: string
  readonly subject: string
}

/** Undefined for callers who belong to no tenant. */
export function memberOf(principal: Principal): Member | undefined {
  if (principal.kind === 'anonymous' || principal.tenantId === null) return undefined
  return { tenantId: principal.tenantId, subject: principal.subject }
}

export function isModerator(principal: Principal, pluginId: string): boolean {
  return refusal(principal, 'rating:moderate', undefined, pluginId) === undefined
}

export function isAuthor(principal: Principal, rating: Pick<RatingRow, 'tenant_id' | 'subject'>): boolean {
  const member = memberOf(principal)
  return member?.tenantId === rating.tenant_id && member.subject === rating.subject
}

/** A member who may do something, or why they may not. */
type Allowed<More = unknown> =
  | ({ readonly member: Member; readonly refused?: undefined } & More)
  | { readonly refused: Refusal }

/** As whom this principal rates a plugin with these owners, and about which version, which their tenant has installed. */
export function raterOf(
  principal: Principal,
  pluginId: string,
  { owners, installed }: { owners: readonly string[]; installed: string | undefined },
): Allowed<{ readonly version: string }> {
  const refused = refusal(principal, 'rating:write', undefined, pluginId) ?? ownerRefusal(principal, pluginId, owners)
  if (refused) return { refused }
  const member = memberOf(principal)
  if (member && installed !== undefined) return { member, version: installed }
  return { refused: { code: 'not_installed', detail: `Your tenant does not have ${pluginId} installed.` } }
}

/** As whom this principal says whether a rating helped. */
export function voterOf(
  principal: Principal,
  rating: Pick<RatingRow, 'plugin_id' | 'tenant_id' | 'subject'>,
  owners: readonly string[],
): Allowed {
  const { plugin_id: pluginId } = rating
  const refused = refusal(principal, 'rating:write', undefined, pluginId) ?? ownerRefusal(principal, pluginId, owners)
  if (refused) return { refused }
  const member = memberOf(principal)
  if (!member) return { refused: { code: 'not_allowed', detail: 'Members of a tenant vote; your key has none.' } }
  if (isAuthor(principal, rating))
    return { refused: { code: 'own_rating', detail: 'Nobody votes on their own rating.' } }
  return { member }
}

/** May this principal speak for the plugin's owners? Super-admins may silence a reply, not write one. */
export function replyRefusal(
  principal: Principal,
  act: 'write' | 'delete',
  pluginId: string,
  owners: readonly string[],
): Refusal | undefined {
  const refused = refusal(principal, 'rating:reply', undefined, pluginId)
  if (refused || (act === 'delete' && isSuperAdmin(principal)) || isOwner(principal, owners)) return refused
  return { code: 'not_owner', detail: `Only owners of ${pluginId} reply to its ratings.` }
}

/** May this principal, who may delete ratings, delete this one? Its author may not while it is hidden: they would only write it again. */
export function deleteRefusal(
  principal: Principal,
  rating: Pick<RatingRow, 'tenant_id' | 'subject' | 'hidden_at' | 'hidden_reason'>,
): Refusal | undefined {
  if (isSuperAdmin(principal)) return undefined
  if (!isAuthor(principal, rating)) {
    return { code: 'not_allowed', detail: 'A rating is deleted by its author or a super-admin.' }
  }
  if (rating.hidden_at === null) return undefined
  return { code: 'rating_hidden', detail: `A moderator has hidden this rating: ${rating.hidden_reason}` }
}

/** Owners are known by their name alone, so a key inside a tenant does not make them somebody else. */
function ownerRefusal(principal: Principal, pluginId: string, owners: readonly string[]): Refusal | undefined {
  if (!isOwner(principal, owners)) return undefined
  return { code: 'own_plugin', detail: `You are an owner of ${pluginId}.` }
}

function isOwner(principal: Principal, owners: readonly string[]): boolean {
  return principal.kind === 'key' && owners.includes(principal.subject)
}
