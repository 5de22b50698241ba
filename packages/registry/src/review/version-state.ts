import type { ErrorCode, VersionState } from '@plexica/api'

export type VersionAction = 'upload' | 'submit' | 'approve' | 'reject' | 'yank' | 'unyank'

/**
 * The life of a version. A number may take other bytes until it has been published; after that never again.
 * `undefined` as the state means that the version does not exist yet.
 */
export function nextState(
  state: VersionState | undefined,
  action: VersionAction,
): { state: VersionState } | { code: ErrorCode } {
  const next = transitions[action][state ?? 'none']
  if (next) return { state: next }
  return { code: action === 'upload' ? 'version_taken' : 'state_conflict' }
}

const transitions: Record<VersionAction, Partial<Record<VersionState | 'none', VersionState>>> = {
  upload: { none: 'draft', draft: 'draft', pending_review: 'draft', rejected: 'draft' },
  submit: { draft: 'pending_review', pending_review: 'pending_review' },
  approve: { pending_review: 'published', published: 'published' },
  reject: { pending_review: 'rejected' },
  yank: { published: 'yanked', yanked: 'yanked' },
  unyank: { yanked: 'published', published: 'published' },
}
