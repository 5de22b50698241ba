import { subjectOf } from '../auth/principal.ts'
import type { RatingRow, Trx } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { RegistryError } from '../http/registry-error.ts'
import { requestFinding } from '../http/request-finding.ts'
import { ownersOf } from '../plugins/owner-store.ts'
import type { World } from '../world.ts'
import { replyRefusal } from './rating-policy.ts'
import { setRating } from './rating-store.ts'
import { type RatingAct, requireRating } from './require-rating.ts'
import { readReviewText } from './review-text.ts'

/** Writes the owners' one answer, whichever of them wrote the last. */
export async function replyToRating(world: World, act: RatingAct & { readonly text: string }): Promise<RatingRow> {
  const { text, findings } = readReviewText(act.text, 'body.text')
  if (text === null && findings.length === 0) {
    findings.push(requestFinding('body.text', 'body.text is empty.', 'Write a reply, or delete the one that stands.'))
  }
  if (findings.length > 0) throw new RegistryError('request_invalid', findings[0]?.message, { findings })
  const at = world.now().toISOString()
  return world.db.transaction().execute(async (trx) => {
    const row = await requireReplier(trx, act, 'write')
    if (row.reply === text) return row
    const by = subjectOf(act.principal)
    const after = await setRating(trx, row.id, { reply: text, replied_by: by, replied_at: at })
    const { pluginId } = act
    await appendEvent(trx, { type: 'rating.replied', actor: by, at, pluginId, data: { ratingId: row.id } })
    return after
  })
}

/** Without a reply there is nothing to do, and that is a success too. */
export async function deleteReply(world: World, act: RatingAct): Promise<void> {
  await world.db.transaction().execute(async (trx) => {
    const row = await requireReplier(trx, act, 'delete')
    await setRating(trx, row.id, { reply: null, replied_by: null, replied_at: null })
  })
}

async function requireReplier(trx: Trx, act: RatingAct, what: 'write' | 'delete'): Promise<RatingRow> {
  const row = await requireRating(trx, act)
  const refused = replyRefusal(act.principal, what, act.pluginId, await ownersOf(trx, act.pluginId))
  if (refused) throw new RegistryError(refused.code, refused.detail)
  return row
}
