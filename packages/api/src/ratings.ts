import { PluginId, TenantId, Version } from '@plexica/manifest-schema'
import type { Static } from 'typebox'
import Type from 'typebox'
import { Problem } from './errors.ts'
import { PluginParams } from './plugins.ts'
import { route } from './route.ts'
import { closed, Paging, page, Time } from './shapes.ts'

/** Code points in a review or a reply. Longer ones are essays that nobody reads in a list. */
export const mostReviewCharacters = 5_000

/** Code points that a reporter or a moderator may give as reason. */
const mostReasonCharacters = 1_000

const Stars = Type.Integer({ minimum: 1, maximum: 5, description: 'Stars, from 1 to 5' })
const RatingId = Type.String({ maxLength: 64, description: 'Id of the rating' })
const Count = Type.Integer({ minimum: 0 })

export const ratingVotes = ['helpful', 'not-helpful', 'none'] as const
export const RatingVote = Type.Enum(ratingVotes, { description: 'What the caller thinks of the rating' })
export type RatingVote = Static<typeof RatingVote>

export const reportReasons = ['spam', 'abuse', 'off-topic', 'private-data', 'other'] as const
export const ReportReason = Type.Enum(reportReasons, { description: 'What is wrong with the rating' })
export type ReportReason = Static<typeof ReportReason>

/** Who wrote something inside a tenant. */
const Author = Type.Object({ subject: Type.String(), tenantId: TenantId })

/**
 * A rating as its reader may see it. Who uses a plugin is the tenants' own business: the public learns neither the
 * author nor the tenant, only that the author's tenant had the plugin installed, and in which version.
 */
export const Rating = Type.Object({
  id: RatingId,
  pluginId: PluginId,
  stars: Stars,
  review: Type.Union([Type.String(), Type.Null()], {
    description: 'Markdown as its author typed it: whoever shows it renders it without HTML',
  }),
  version: Type.Unsafe<string>({ ...Version, description: 'The version that the tenant had when this was written' }),
  verified: Type.Literal(true, { description: 'The author’s tenant had the plugin installed' }),
  author: Type.Union([Author, Type.Null()], { description: 'Only for members of the same tenant and super-admins' }),
  mine: Type.Boolean({ description: 'The caller wrote it' }),
  helpfulCount: Count,
  notHelpfulCount: Count,
  vote: RatingVote,
  reply: Type.Union(
    [Type.Object({ text: Type.String({ description: 'Markdown' }), by: Type.String(), repliedAt: Time }), Type.Null()],
    { description: 'The answer of the plugin’s owners' },
  ),
  hidden: Type.Union([Type.Object({ reason: Type.String(), hiddenAt: Time }), Type.Null()], {
    description: 'Why it neither shows nor counts; only its author and super-admins ever see a hidden rating',
  }),
  createdAt: Time,
  updatedAt: Time,
})
export type Rating = Static<typeof Rating>

/** What all ratings that show come to. */
export const RatingSummary = Type.Object({
  count: Count,
  average: Type.Number({ minimum: 0, maximum: 5, description: 'Plain average; 0 without ratings' }),
  smoothed: Type.Number({ minimum: 1, maximum: 5, description: 'What the search sorts by: few ratings weigh little' }),
  distribution: Type.Object(
    { 1: Count, 2: Count, 3: Count, 4: Count, 5: Count },
    { description: 'How many gave each number of stars' },
  ),
})
export type RatingSummary = Static<typeof RatingSummary>

/** A rating in the moderators' queue. */
export const ModeratedRating = Type.Object({
  rating: Rating,
  hiddenBy: Type.Union([Type.String(), Type.Null()]),
  openReports: Count,
  reports: Type.Array(
    Type.Object({
      reason: ReportReason,
      note: Type.Union([Type.String(), Type.Null()]),
      by: Type.Object({ subject: Type.String(), tenantId: Type.Union([TenantId, Type.Null()]) }),
      reportedAt: Time,
    }),
    { maxItems: 5, description: 'The first five open reports' },
  ),
})
export type ModeratedRating = Static<typeof ModeratedRating>

const RatingParams = Type.Object({ pluginId: PluginId, ratingId: RatingId }, closed)
const text = (what: string, most: number) =>
  Type.String({ maxLength: most, description: `${what}, at most ${most.toLocaleString('en')} characters` })
const Review = text('Markdown', mostReviewCharacters)
const notFound = ['plugin_not_found', 'rating_not_found'] as const

export const ratingRoutes = {
  ratePlugin: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/ratings',
    permission: 'rating:write',
    summary: 'Rate a plugin that the caller’s tenant has installed; rating again replaces the caller’s rating',
    params: PluginParams,
    body: Type.Object({ stars: Stars, review: Type.Optional(Review) }, closed),
    status: 200,
    answer: Rating,
    errors: ['plugin_not_found', 'own_plugin', 'not_installed'],
  }),
  listRatings: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/ratings',
    permission: 'public',
    summary: 'Ratings of a plugin, with what all of them come to; `helpful` sorts by helpful less not helpful votes',
    params: PluginParams,
    query: Type.Object(
      {
        ...Paging,
        sortBy: Type.Optional(Type.Enum(['newest', 'helpful', 'rating'], { default: 'newest' })),
        stars: Type.Optional(Stars),
      },
      closed,
    ),
    status: 200,
    answer: Type.Object({ ...page('ratings', Rating).properties, summary: RatingSummary }),
    errors: ['plugin_not_found'],
  }),
  getOwnRating: route({
    method: 'GET',
    path: '/api/plugins/:pluginId/ratings/me',
    permission: 'account:read',
    summary: 'The caller’s rating, hidden or not, and whether they may rate',
    params: PluginParams,
    status: 200,
    answer: Type.Object({
      rating: Type.Union([Rating, Type.Null()]),
      refusal: Type.Union([Type.Object({ code: Problem.properties.code, detail: Type.String() }), Type.Null()], {
        description: 'Why the caller may not rate now; null when they may',
      }),
    }),
    errors: ['plugin_not_found'],
  }),
  deleteRating: route({
    method: 'DELETE',
    path: '/api/plugins/:pluginId/ratings/:ratingId',
    permission: 'rating:delete',
    summary: 'Delete a rating with its votes, reply and reports',
    params: RatingParams,
    status: 204,
    errors: [...notFound, 'rating_hidden'],
  }),
  voteOnRating: route({
    method: 'PUT',
    path: '/api/plugins/:pluginId/ratings/:ratingId/vote',
    permission: 'rating:write',
    summary: 'Say whether a rating helped; `none` takes the vote back',
    params: RatingParams,
    body: Type.Object({ vote: RatingVote }, closed),
    status: 200,
    answer: Rating,
    errors: [...notFound, 'own_rating', 'own_plugin'],
  }),
  replyToRating: route({
    method: 'PUT',
    path: '/api/plugins/:pluginId/ratings/:ratingId/reply',
    permission: 'rating:reply',
    summary: 'Answer a rating in the name of the plugin’s owners; replaces their earlier answer',
    params: RatingParams,
    body: Type.Object({ text: Review }, closed),
    status: 200,
    answer: Rating,
    errors: [...notFound, 'not_owner'],
  }),
  deleteReply: route({
    method: 'DELETE',
    path: '/api/plugins/:pluginId/ratings/:ratingId/reply',
    permission: 'rating:reply',
    summary: 'Take the owners’ answer back',
    params: RatingParams,
    status: 204,
    errors: [...notFound, 'not_owner'],
  }),
  reportRating: route({
    method: 'POST',
    path: '/api/plugins/:pluginId/ratings/:ratingId/report',
    permission: 'rating:report',
    summary: 'Ask a moderator to look at a rating; reporting again replaces the caller’s report',
    params: RatingParams,
    body: Type.Object(
      { reason: ReportReason, note: Type.Optional(text('What the moderator should know', mostReasonCharacters)) },
      closed,
    ),
    status: 200,
    answer: Type.Object({
      ratingId: RatingId,
      reason: ReportReason,
      reportedAt: Time,
      decidedAt: Type.Union([Time, Type.Null()], {
        description: 'When a moderator decided about it; null while it waits',
      }),
    }),
    errors: [...notFound, 'own_rating'],
  }),
  listRatingsToModerate: route({
    method: 'GET',
    path: '/api/moderation/ratings',
    permission: 'rating:moderate',
    summary: 'Reported ratings, the longest waiting first, or hidden ones, the last hidden first',
    query: Type.Object(
      { ...Paging, state: Type.Optional(Type.Enum(['reported', 'hidden'], { default: 'reported' })) },
      closed,
    ),
    status: 200,
    answer: page('ratings', ModeratedRating),
    errors: [],
  }),
  moderateRating: route({
    method: 'POST',
    path: '/api/moderation/ratings/:ratingId',
    permission: 'rating:moderate',
    summary: 'Hide a rating with the reason that its author reads, or show it; either settles its open reports',
    params: Type.Object({ ratingId: RatingId }, closed),
    body: Type.Object(
      {
        action: Type.Enum(['hide', 'show']),
        reason: Type.Optional(text('Why it is hidden', mostReasonCharacters)),
      },
      closed,
    ),
    status: 200,
    answer: Rating,
    errors: ['rating_not_found'],
  }),
}
