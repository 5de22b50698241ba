import type { ModeratedRating, ReportReason } from '@plexica/api'
import type { RatingReportRow, RatingRow } from '../db/tables.ts'
import type { Handler } from '../http/handler.ts'
import { requirePlugin } from '../plugins/require-visible.ts'
import * as moderate from './moderate-rating.ts'
import * as rate from './rate-plugin.ts'
import { memberOf } from './rating-policy.ts'
import { countIn, ratingSummary } from './rating-score.ts'
import * as store from './rating-store.ts'
import { ratingView } from './rating-view.ts'
import * as reply from './reply-to-rating.ts'
import * as reports from './report-store.ts'
import { voteOnRating as vote } from './vote-on-rating.ts'

const ratePlugin: Handler<'ratePlugin'> = async ({ world, params, body: { stars, review = '' }, principal, log }) => {
  const row = await rate.ratePlugin(world, { ...params, stars, review, principal })
  log.info({ pluginId: row.plugin_id, ratingId: row.id }, 'plugin rated')
  return ratingView(row, principal)
}

const listRatings: Handler<'listRatings'> = async ({ world: { db }, params: { pluginId }, query, principal }) => {
  await requirePlugin(db, pluginId, principal)
  const { skip = 0, take = 20, sortBy = 'newest', stars } = query
  const rows = await store.listRatings(db, pluginId, { skip, take, sortBy, stars })
  const member = memberOf(principal)
  const votes = member
    ? await store.votesBy(
        db,
        member,
        rows.map(({ id }) => id),
      )
    : new Map()
  const summary = ratingSummary(await store.countStars(db, pluginId))
  return {
    ratings: rows.map((row) => ratingView(row, principal, votes.get(row.id))),
    total: countIn(summary.distribution, stars),
    summary,
  }
}

const getOwnRating: Handler<'getOwnRating'> = async ({ world: { db }, params: { pluginId }, principal }) => {
  await requirePlugin(db, pluginId, principal)
  const member = memberOf(principal)
  const row = member && (await store.findRatingBy(db, member, pluginId))
  const { refused } = await rate.findRater(db, pluginId, principal)
  return { rating: row ? ratingView(row, principal) : null, refusal: refused ?? null }
}

const deleteRating: Handler<'deleteRating'> = async ({ world, params, principal, log }) => {
  await rate.deleteRating(world, { ...params, principal })
  log.info(params, 'rating deleted')
  return undefined
}

const voteOnRating: Handler<'voteOnRating'> = async ({ world, params, body, principal }) =>
  ratingView(await vote(world, { ...params, ...body, principal }), principal, body.vote)

const replyToRating: Handler<'replyToRating'> = async ({ world, params, body, principal, log }) => {
  const row = await reply.replyToRating(world, { ...params, ...body, principal })
  log.info(params, 'rating replied to')
  return ratingView(row, principal)
}

const deleteReply: Handler<'deleteReply'> = async ({ world, params, principal, log }) => {
  await reply.deleteReply(world, { ...params, principal })
  log.info(params, 'reply deleted')
  return undefined
}

const reportRating: Handler<'reportRating'> = async ({
  world,
  params,
  body: { reason, note = '' },
  principal,
  log,
}) => {
  const row = await moderate.reportRating(world, { ...params, reason, note, principal })
  log.info({ ...params, reason }, 'rating reported')
  return {
    ratingId: row.rating_id,
    reason: row.reason as ReportReason,
    reportedAt: row.reported_at,
    decidedAt: row.decided_at,
  }
}

const listRatingsToModerate: Handler<'listRatingsToModerate'> = async ({ world: { db }, query, principal }) => {
  const { skip = 0, take = 20, state = 'reported' } = query
  const { rows, total } = await reports.listRatingsToModerate(db, { state, skip, take })
  const open = await reports.openReports(
    db,
    rows.map(({ id }) => id),
  )
  const ratings = rows.map((row): ModeratedRating => {
    const { count, reports } = open.get(row.id) ?? { count: 0, reports: [] }
    return {
      rating: ratingView(row, principal),
      hiddenBy: row.hidden_by,
      openReports: count,
      reports: reports.map(reportView),
    }
  })
  return { ratings, total }
}

const moderateRating: Handler<'moderateRating'> = async ({ world, params, body, principal, log, about }) => {
  const row: RatingRow = await moderate.moderateRating(world, { ...params, ...body, reason: body.reason, principal })
  about({ pluginId: row.plugin_id })
  log.info({ ...params, action: body.action }, 'rating moderated')
  return ratingView(row, principal)
}

function reportView({
  reason,
  note,
  tenant_id,
  subject,
  reported_at,
}: RatingReportRow): ModeratedRating['reports'][number] {
  return {
    reason: reason as ReportReason,
    note,
    by: { subject, tenantId: tenant_id === '' ? null : tenant_id },
    reportedAt: reported_at,
  }
}

export const ratingHandlers = {
  ratePlugin,
  listRatings,
  getOwnRating,
  deleteRating,
  voteOnRating,
  replyToRating,
  deleteReply,
  reportRating,
  listRatingsToModerate,
  moderateRating,
}
