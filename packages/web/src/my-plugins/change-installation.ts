import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../registry/client.ts'

/**
 * Something that is done to a tenant's plugins; afterwards they are asked for again.
 * @param onDone is called before that, for what was changed may be gone from the page then.
 */
export function useInstallationChange<Input, Answer>(
  tenantId: string,
  change: (input: Input) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => {
      onDone?.(answer)
      return queries.invalidateQueries({ queryKey: ['tenant', tenantId] })
    },
  })
}

/** Whether it was refused for the sake of other plugins alone, which somebody may decide to leave without. */
export function isNeeded(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'plugin_needed'
}
