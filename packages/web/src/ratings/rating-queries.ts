import type { Client, Rating, RatingVote } from '@plexica/api'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'

type RatingQuery = NonNullable<Parameters<Client['listRatings']>[0]['query']>
type RatingPage = Awaited<ReturnType<Client['listRatings']>>
export type RatingSort = NonNullable<RatingQuery['sortBy']>
export type RatingStars = 1 | 2 | 3 | 4 | 5

/** Reviews on one page of their list. */
export const reviewsTaken = 10

const listKey = (pluginId: string) => ['plugin', pluginId, 'ratings', 'list']

export function ratingsQuery(pluginId: string, query: RatingQuery) {
  return queryOptions({
    queryKey: [...listKey(pluginId), query],
    queryFn: ({ signal }) => registry.listRatings({ params: { pluginId }, query, signal }),
  })
}

/** What whoever is signed in has said of the plugin, and why they may not say anything now. */
export function ownRatingQuery(pluginId: string) {
  return queryOptions({
    queryKey: ['plugin', pluginId, 'ratings', 'mine'],
    queryFn: ({ signal }) => registry.getOwnRating({ params: { pluginId }, signal }),
  })
}

/** Asks again for everything that shows what was said of a plugin. */
function useRefreshRatings(pluginId: string): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    void queries.invalidateQueries({ queryKey: ['plugins'] })
    await queries.invalidateQueries({ queryKey: ['plugin', pluginId] })
  }
}

export function useRate(pluginId: string) {
  return useMutation({
    mutationFn: (body: { stars: number; review: string }) => registry.ratePlugin({ params: { pluginId }, body }),
    onSuccess: useRefreshRatings(pluginId),
  })
}

export function useDeleteRating(pluginId: string) {
  return useMutation({
    mutationFn: (ratingId: string) => registry.deleteRating({ params: { pluginId, ratingId } }),
    onSuccess: useRefreshRatings(pluginId),
  })
}

export function useReply({ pluginId, id: ratingId }: Rating) {
  return useMutation({
    mutationFn: (text: string) => registry.replyToRating({ params: { pluginId, ratingId }, body: { text } }),
    onSuccess: useRefreshRatings(pluginId),
  })
}

export function useDeleteReply({ pluginId, id: ratingId }: Rating) {
  return useMutation({
    mutationFn: () => registry.deleteReply({ params: { pluginId, ratingId } }),
    onSuccess: useRefreshRatings(pluginId),
  })
}

/** Shows the vote at once, and as it was before where the registry does not take it. */
export function useVote({ pluginId, id: ratingId }: Rating) {
  const queries = useQueryClient()
  const show = (change: (rating: Rating) => Rating) =>
    queries.setQueriesData<RatingPage>(
      { queryKey: listKey(pluginId) },
      (page) =>
        page && { ...page, ratings: page.ratings.map((rating) => (rating.id === ratingId ? change(rating) : rating)) },
    )
  return useMutation({
    mutationFn: (vote: RatingVote) => registry.voteOnRating({ params: { pluginId, ratingId }, body: { vote } }),
    onMutate: async (vote) => {
      // An answer from before the vote would take it back on the screen.
      await queries.cancelQueries({ queryKey: listKey(pluginId) })
      const before = queries.getQueriesData<RatingPage>({ queryKey: listKey(pluginId) })
      show((rating) => withVote(rating, vote))
      return before
    },
    onError: (_error, _vote, before) => {
      for (const [key, page] of before ?? []) queries.setQueryData(key, page)
    },
    onSuccess: (rating) => void show(() => rating),
  })
}

/** The rating with this vote of the reader in the place of the one before. */
function withVote(rating: Rating, vote: RatingVote): Rating {
  const counted = (kind: RatingVote) => Number(vote === kind) - Number(rating.vote === kind)
  return {
    ...rating,
    vote,
    helpfulCount: rating.helpfulCount + counted('helpful'),
    notHelpfulCount: rating.notHelpfulCount + counted('not-helpful'),
  }
}
