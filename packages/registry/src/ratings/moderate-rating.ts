import type { ReportReason } from '@plexica/api'
import { known, type Principal, subjectOf } from '../auth/principal.ts'
import type { RatingReportRow, RatingRow } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import type { World } from '../world.ts'
import { isAuthor } from './rating-policy.ts'
import { findRating, lockRating, recountRatings, setRating } from './rating-store.ts'
import { findReport, putReport, settleReports } from './report-store.ts'
import { noRating, type RatingAct, requireRating } from './require-rating.ts'

export interface Report {
  readonly reason: ReportReason
  readonly note: string
}

/**
 * Puts a rating into the moderators' queue, where it keeps its place however many report it. What a moderator has
 * decided about stays decided for the same reporter until the author writes something else.
 */
export async function reportRating(world: World, act: RatingAct & Report): Promise<RatingReportRow> {
  const { tenantId, subject } = known(act.principal)
  const at = world.now().toISOString()
  return world.db.transaction().execute(async (trx) => {
    const rating = await requireRating(trx, act)
    if (isAuthor(act.principal, rating)) throw new RegistryError('own_rating', 'Nobody reports their own rating.')
    const key = { rating_id: rating.id, tenant_id: tenantId ?? '', subject }
    const before = await findReport(trx, key)
    if (before?.decided_at && rating.updated_at <= before.decided_at) return before
    const reported_at = before && before.decided_at === null ? before.reported_at : at
    const report = { ...key, reason: act.reason, note: act.note.trim() || null, reported_at, decided_at: null }
    await putReport(trx, report)
    if (rating.hidden_at === null) await setRating(trx, rating.id, { reported_at: rating.reported_at ?? at })
    // Correcting a report that waits is no second one.
    if (reported_at === at) {
      const data = { ratingId: rating.id, reason: act.reason }
      await appendEvent(trx, { type: 'rating.reported', actor: subject, at, pluginId: act.pluginId, data })
    }
    return report
  })
}

export interface Moderation {
  readonly ratingId: string
  readonly action: 'hide' | 'show'
  readonly reason: string | undefined
  readonly principal: Principal
}

/** Hides a rating or shows it; either settles its open reports. Hiding again gives it another reason. */
export async function moderateRating(world: World, moderation: Moderation): Promise<RatingRow> {
  const { ratingId, principal } = moderation
  const decision = decisionOf(moderation)
  const at = world.now().toISOString()
  const { plugin_id: pluginId } = await requireAny(world, ratingId)
  const rating = await world.db.transaction().execute(async (trx) => {
    // Plugin before rating, as whoever rates does: two that wait for each other would never end.
    await lockPlugin(trx, pluginId)
    const before = await lockRating(trx, pluginId, ratingId)
    if (!before) throw noRating(ratingId)
    const hidden =
      decision === undefined
        ? { hidden_reason: null, hidden_by: null, hidden_at: null }
        : { hidden_reason: decision, hidden_by: subjectOf(principal), hidden_at: before.hidden_at ?? at }
    await settleReports(trx, ratingId, at)
    const after = await setRating(trx, ratingId, { ...hidden, reported_at: null })
    await recountRatings(trx, pluginId)
    return after
  })
  world.ready.drop(`plugin:${pluginId}`)
  return rating
}

async function requireAny({ db }: World, ratingId: string): Promise<RatingRow> {
  const row = await findRating(db, ratingId)
  if (!row) throw noRating(ratingId)
  return row
}

/** The reason to hide it for; undefined to show it. */
function decisionOf({ action, reason }: Moderation): string | undefined {
  const given = reason?.trim() ?? ''
  if ((action === 'hide') === (given !== '')) return action === 'hide' ? given : undefined
  const findings = [
    action === 'hide'
      ? requestFinding('body.reason', 'body.reason is missing.', 'Say why: the rating’s author reads it.')
      : requestFinding('body.reason', 'body.reason is for hiding only.', 'Leave it out.'),
  ]
  throw new RegistryError('request_invalid', findings[0]?.message, { findings })
}
