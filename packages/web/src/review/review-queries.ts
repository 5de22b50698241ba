import type { NewReviewPoint, Submission } from '@plexica/api'
import { ApiError } from '@plexica/api/client'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'
import type { ReviewSearch } from './review-search.ts'

/** Submissions on one page of the queue. */
export const queuePage = 20

/** Milliseconds between two looks at what others do, while the page is seen. */
const between = 15_000

/** A page of the queue: what waits in its order, what is decided with the latest first. */
export function queueQuery({ state, mine, sort, skip = 0 }: ReviewSearch) {
  const query = {
    state: state ?? 'pending_review',
    sort: state ? 'newest' : (sort ?? 'age'),
    mine: mine ?? false,
    skip,
    take: queuePage,
  } as const
  return queryOptions({
    queryKey: ['review', 'queue', query],
    queryFn: ({ signal }) => registry.listSubmissions({ query, signal }),
    refetchInterval: between,
    placeholderData: (before) => before,
  })
}

/** What comes before and after a submission on the desk: the first hundred that wait, the oldest first. */
export const waitingQuery = queryOptions({
  queryKey: ['review', 'waiting'],
  queryFn: ({ signal }) => registry.listSubmissions({ query: { take: 100 }, signal }),
})

export function submissionQuery(submissionId: string) {
  return queryOptions({
    queryKey: ['review', 'submission', submissionId],
    queryFn: ({ signal }) => registry.getSubmission({ params: { submissionId }, signal }),
    refetchInterval: between,
  })
}

/** What differs from what was approved last; null when other bytes have come for the version. */
export function deltaQuery(submissionId: string) {
  return queryOptions({
    queryKey: ['package', submissionId, 'delta'],
    queryFn: ({ signal }) => registry.getSubmissionDelta({ params: { submissionId }, signal }).catch(nullIfReplaced),
  })
}

/** The version with the bytes of the submission; null when it has others by now. */
export function versionQuery({ id, pluginId, version, digest }: Submission) {
  return queryOptions({
    queryKey: ['package', id, 'version'],
    queryFn: async ({ signal }) => {
      const found = await registry.getVersion({ params: { pluginId, version }, signal })
      return found.digest === digest ? found : null
    },
  })
}

/** The text of a file of a submitted package. A submission's bytes never change. */
export function fileQuery(submissionId: string, path: string) {
  return queryOptions({
    queryKey: ['package', submissionId, 'file', path],
    queryFn: async ({ signal }) => {
      const params = { submissionId, path: path.split('/') }
      return (await registry.getSubmissionFile({ params, signal })).text()
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The last decisions about a plugin, the latest first. */
export function historyQuery(pluginId: string) {
  return queryOptions({
    queryKey: ['review', 'history', pluginId],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        (['approved', 'rejected'] as const).map((state) =>
          registry.listSubmissions({ query: { pluginId, state, sort: 'newest', take: 20 }, signal }),
        ),
      )
      const submissions = lists.flatMap((list) => list.submissions)
      return {
        submissions: submissions.toSorted((a, b) => ((a.decidedAt ?? '') < (b.decidedAt ?? '') ? 1 : -1)).slice(0, 20),
        total: lists.reduce((sum, { total }) => sum + total, 0),
      }
    },
  })
}

export interface Rejection {
  readonly reason: string
  readonly points: NewReviewPoint[]
}

/** What a reviewer does with one submission. Whatever comes of it, all but the bytes is asked for again. */
export function useReview(submissionId: string) {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['review'] })
  const params = { submissionId }
  return {
    claim: useMutation({
      mutationFn: (takeOver: boolean) => registry.claimSubmission({ params, body: { takeOver } }),
      onSettled,
    }),
    release: useMutation({ mutationFn: () => registry.releaseSubmission({ params }), onSettled }),
    approve: useMutation({ mutationFn: () => registry.approveSubmission({ params }), onSettled }),
    reject: useMutation({
      mutationFn: ({ reason, points }: Rejection) =>
        registry.rejectSubmission({ params, body: { reason, ...(points.length > 0 ? { points } : {}) } }),
      onSettled,
    }),
    mark: useMutation({
      mutationFn: ({ pointId, state }: { pointId: string; state: 'fixed' | 'still-open' }) =>
        registry.markPoint({ params: { ...params, pointId }, body: { state } }),
      onSettled,
    }),
  }
}

function nullIfReplaced(error: unknown): null {
  if (error instanceof ApiError && error.code === 'digest_changed') return null
  throw error
}
