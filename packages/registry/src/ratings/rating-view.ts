import type { Rating, RatingVote } from '@plexica/api'
import type { Principal } from '../auth/principal.ts'
import type { RatingRow } from '../db/tables.ts'
import { isAuthor, isModerator, memberOf } from './rating-policy.ts'

/**
 * A rating as this reader may see it. Which tenants use a plugin, and who works there, is told to nobody outside: author
 * and tenant show to members of the same tenant and to super-admins only, and why it is hidden to its author and them.
 */
export function ratingView(row: RatingRow, reader: Principal, vote: RatingVote = 'none'): Rating {
  const mine = isAuthor(reader, row)
  const moderates = isModerator(reader, row.plugin_id)
  const inside = moderates || memberOf(reader)?.tenantId === row.tenant_id
  return {
    id: row.id,
    pluginId: row.plugin_id,
    stars: row.stars,
    review: row.review,
    version: row.version,
    verified: true,
    author: inside ? { subject: row.subject, tenantId: row.tenant_id } : null,
    mine,
    helpfulCount: row.helpful_count,
    notHelpfulCount: row.not_helpful_count,
    vote,
    reply: replyOf(row),
    hidden:
      (mine || moderates) && row.hidden_at !== null
        ? { reason: row.hidden_reason ?? '', hiddenAt: row.hidden_at }
        : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function replyOf({ reply, replied_by: by, replied_at: repliedAt }: RatingRow): Rating['reply'] {
  return reply === null || by === null || repliedAt === null ? null : { text: reply, by, repliedAt }
}
