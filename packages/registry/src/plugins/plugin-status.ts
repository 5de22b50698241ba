import type { PluginStatus, VersionState } from '@plexica/api'

/**
 * A plugin's status, derived from its versions: once something is published it stays so, whatever is being reviewed
 * or was rejected beside it. Only what people have can be deprecated.
 */
export function pluginStatus(versions: readonly { state: VersionState }[], isDeprecated: boolean): PluginStatus {
  const has = (state: VersionState) => versions.some((version) => version.state === state)
  if (has('published') || has('yanked')) return isDeprecated ? 'DEPRECATED' : 'PUBLISHED'
  if (has('pending_review')) return 'PENDING_REVIEW'
  if (has('rejected')) return 'REJECTED'
  return 'DRAFT'
}

/** Whether everybody may see the page of a plugin with this status; lists show it only while a version is given out. */
export function wasPublished(status: string | undefined): boolean {
  return status === 'PUBLISHED' || status === 'DEPRECATED'
}
