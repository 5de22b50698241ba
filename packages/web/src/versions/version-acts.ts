import type { VersionState } from '@plexica/api'

export type VersionAct = 'yank' | 'unyank' | 'remove'

/** What can be done about a version in this state, by somebody who manages it. */
export function actsOn(state: VersionState, mayDelete: boolean): VersionAct[] {
  const acts: VersionAct[] = []
  if (state === 'published') acts.push('yank')
  if (state === 'yanked') acts.push('unyank')
  if (mayDelete) acts.push('remove')
  return acts
}
