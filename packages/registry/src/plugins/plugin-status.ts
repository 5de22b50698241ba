import type { PluginStatus, VersionState } from '@plexica/api'

/**
 * A plugin's status, derived from its versions: once something is published it stays so, whatever is being reviewed
 * or was rejected beside it.
 */
export function pluginStatus(versions: readonly { state: VersionState }[]): PluginStatus {
  const has = (state: VersionState) => versions.some((version) => version.state === state)
  if (has('published') || has('yanked')) return 'PUBLISHED'
  if (has('pending_review')) return 'PENDING_REVIEW'
  if (has('rejected')) return 'REJECTED'
  return 'DRAFT'
}
