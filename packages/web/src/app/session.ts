import type { Role, RoutePermission, Session } from '@plexica/api'
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'

/** Who is signed in, or that somebody was until a moment ago. */
export interface SignedIn {
  readonly session: Session | null
  readonly lapsed?: boolean
}

export const sessionQuery = queryOptions<SignedIn>({
  queryKey: ['session'],
  queryFn: ({ signal }) => registry.getSession({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export function useSession(): SignedIn {
  return useSuspenseQuery(sessionQuery).data
}

/** Whether whoever is signed in may do this somewhere; over which plugin or tenant is the registry's answer. */
export function useMay(): (permission: RoutePermission) => boolean {
  const { session } = useSession()
  return (permission) => mayDo(session, permission)
}

export function mayDo(session: Session | null, permission: RoutePermission): boolean {
  if (permission === 'public') return true
  if (permission === 'account:read') return session !== null
  return session?.permissions.includes(permission) ?? false
}

/** The tenant whose plugins are looked after, for those who belong to one. */
export function useTenantId(): string | null {
  return useSession().session?.tenantId ?? null
}

export function isRole(session: Session | null, ...roles: readonly Role[]): boolean {
  return session !== null && roles.includes(session.role)
}

export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (token: string) => registry.openSession({ body: { token } }),
    onSuccess: async (session) => {
      queries.setQueryData(sessionQuery.queryKey, { session })
      // What others may see was asked for as somebody else.
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    },
  })
}

export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => registry.closeSession(),
    onSuccess: async () => {
      queries.setQueryData(sessionQuery.queryKey, { session: null })
      await queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    },
  })
}
