import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { waitingQuery } from './review-queries.ts'

/** Go to the submission that waits before or after this one; undefined where there is none. */
export interface Neighbours {
  readonly previous: (() => void) | undefined
  readonly next: (() => void) | undefined
}

export function useNeighbours(submissionId: string): Neighbours {
  const navigate = useNavigate()
  const { data } = useQuery(waitingQuery)
  const ids = data?.submissions.map(({ id }) => id) ?? []
  const at = ids.indexOf(submissionId)
  const to = (id: string | undefined) =>
    id === undefined || id === submissionId
      ? undefined
      : () => void navigate({ to: '/desk/review/$submissionId', params: { submissionId: id } })
  // Once this one is decided, the first that waits is the next.
  return { previous: to(at < 0 ? undefined : ids[at - 1]), next: to(at < 0 ? ids[0] : ids[at + 1]) }
}
