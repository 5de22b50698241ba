import { randomUUID } from 'node:crypto'
import type { Principal } from '../auth/principal.ts'
import type { Db, RatingRow } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { versionsInstalled } from '../installations/installation-store.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import { requirePlugin } from '../plugins/require-visible.ts'
import type { World } from '../world.ts'
import { deleteRefusal, isAuthor, isModerator, type Member, memberOf, raterOf } from './rating-policy.ts'
import {
  deleteRatingRow,
  findRatingBy,
  insertRating,
  lockRating,
  recountRatings,
  setRating,
  unsaid,
} from './rating-store.ts'
import { noRating, type RatingAct } from './require-rating.ts'
import { readReviewText } from './review-text.ts'

export interface NewRating {
  readonly pluginId: string
  readonly stars: number
  readonly review: string
  readonly principal: Principal
}

/**
 * Writes a member's rating of a plugin, or another one in its place, which keeps its votes, reply and moderation. The
 * same words about the same version change nothing.
 */
export async function ratePlugin(world: World, { pluginId, stars, review, principal }: NewRating): Promise<RatingRow> {
  const { text, findings } = readReviewText(review, 'body.review')
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
  const at = world.now().toISOString()
  const rating = await world.db.transaction().execute(async (trx) => {
    await lockPlugin(trx, pluginId)
    await requirePlugin(trx, pluginId, principal)
    const rater = await findRater(trx, pluginId, principal)
    if (rater.refused) throw new RegistryError(rater.refused.code, rater.refused.detail)
    const { member, version } = rater
    const before = await findRatingBy(trx, member, pluginId)
    if (before?.stars === stars && before.review === text && before.version === version) return before
    const written = { stars, review: text, version, updated_at: at }
    const after = before
      ? await setRating(trx, before.id, written)
      : await insertRating(trx, newRow(pluginId, member, { ...written, created_at: at }))
    await recountRatings(trx, pluginId)
    // Without the tenant: owners are not told who rates.
    const data = { ratingId: after.id, stars, changed: before !== undefined }
    await appendEvent(trx, { type: 'rating.created', actor: member.subject, at, pluginId, version, data })
    return after
  })
  world.ready.drop(`plugin:${pluginId}`)
  return rating
}

/** As whom, and about which version, this principal would rate the plugin now; or why they may not. */
export async function findRater(db: Db, pluginId: string, principal: Principal) {
  const tenantId = memberOf(principal)?.tenantId
  const installed = tenantId && (await versionsInstalled(db, tenantId, [pluginId])).get(pluginId)
  return raterOf(principal, pluginId, { owners: await ownersOf(db, pluginId), installed })
}

/** Takes a rating away for good, with its votes, reply and reports. */
export async function deleteRating(world: World, { pluginId, ratingId, principal }: RatingAct): Promise<void> {
  await requirePlugin(world.db, pluginId, principal)
  await world.db.transaction().execute(async (trx) => {
    await lockPlugin(trx, pluginId)
    const row = await lockRating(trx, pluginId, ratingId)
    const sees = row && (row.hidden_at === null || isAuthor(principal, row) || isModerator(principal, pluginId))
    if (!row || !sees) throw noRating(ratingId)
    const refused = deleteRefusal(principal, row)
    if (refused) throw new RegistryError(refused.code, refused.detail)
    await deleteRatingRow(trx, ratingId)
    await recountRatings(trx, pluginId)
  })
  world.ready.drop(`plugin:${pluginId}`)
}

function newRow(
  pluginId: string,
  { tenantId, subject }: Member,
  written: Pick<RatingRow, 'stars' | 'review' | 'version' | 'created_at' | 'updated_at'>,
): RatingRow {
  return {
    id: randomUUID(),
    plugin_id: pluginId,
    tenant_id: tenantId,
    subject,
    ...unsaid,
    ...written,
  }
}
