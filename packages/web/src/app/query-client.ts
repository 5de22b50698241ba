import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, isSignedOut } from '../registry/client.ts'
import { type SignedIn, sessionQuery } from './session.ts'

/** What was asked of the registry, kept while it is fresh. A session that ends is noticed by whatever is refused first. */
export function createQueryClient(): QueryClient {
  const noticeSignedOut = (error: unknown) => {
    if (!isSignedOut(error)) return
    client.setQueryData<SignedIn>(sessionQuery.queryKey, (before) =>
      before?.session ? { session: null, lapsed: true } : before,
    )
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: noticeSignedOut }),
    mutationCache: new MutationCache({ onError: noticeSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // What was refused is refused again; a network that fails may be there a moment later.
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
    },
  })
  return client
}

function isPassing(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500
}
