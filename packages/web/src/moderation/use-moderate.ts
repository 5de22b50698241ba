import type { Rating } from '@plexica/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { registry } from '../registry/client.ts'

/** Hides a review for a reason; without one it shows. Either settles what was reported. */
export function useModerate({ id: ratingId, pluginId }: Rating) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (reason: string | undefined) =>
      registry.moderateRating({
        params: { ratingId },
        body: reason === undefined ? { action: 'show' } : { action: 'hide', reason },
      }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['moderation'] }),
        queries.invalidateQueries({ queryKey: ['plugin', pluginId] }),
      ]),
  })
}
