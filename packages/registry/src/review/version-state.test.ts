import { versionStates } from '@plexica/api'
import { expect, test } from 'vitest'
import { nextState, type VersionAction } from './version-state.ts'

const none = undefined
const allowed: [state: string | undefined, action: VersionAction, next: string][] = [
  [none, 'upload', 'draft'],
  ['draft', 'upload', 'draft'],
  ['pending_review', 'upload', 'draft'],
  ['rejected', 'upload', 'draft'],
  ['draft', 'submit', 'pending_review'],
  ['pending_review', 'submit', 'pending_review'],
  ['pending_review', 'approve', 'published'],
  ['published', 'approve', 'published'],
  ['pending_review', 'reject', 'rejected'],
  ['published', 'yank', 'yanked'],
  ['yanked', 'yank', 'yanked'],
  ['yanked', 'unyank', 'published'],
  ['published', 'unyank', 'published'],
]
const actions = ['upload', 'submit', 'approve', 'reject', 'yank', 'unyank'] as const satisfies VersionAction[]
const every = [none, ...versionStates].flatMap((state) => actions.map((action) => ({ state, action })))

test.each(every)('$state, $action', ({ state, action }) => {
  const next = allowed.find(([from, by]) => from === state && by === action)?.[2]
  const refused = { code: action === 'upload' ? 'version_taken' : 'state_conflict' }
  expect(nextState(state, action)).toEqual(next ? { state: next } : refused)
})
