import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Problem } from './problem.tsx'
import { Skeleton } from './skeleton.tsx'

/**
 * What was asked of the registry, in each of its states: a skeleton while it comes, the problem with another try, or
 * the answer. What was there before stays while it is asked for again.
 */
export function Loaded<Data>({
  query,
  skeleton = <Skeleton lines={4} />,
  children,
}: {
  /** One query, or what stands for several. */
  query: Pick<UseQueryResult<Data>, 'data' | 'error'> & { refetch: () => unknown }
  skeleton?: ReactNode
  children: (data: Data) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <Problem error={query.error} onRetry={() => void query.refetch()} />
  return skeleton
}
