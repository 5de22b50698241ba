import type { PluginStatus, VersionState } from '@plexica/api'
import { expect, test } from 'vitest'
import { pluginStatus } from './plugin-status.ts'

const cases: [VersionState[], PluginStatus][] = [
  [['draft'], 'DRAFT'],
  [['pending_review'], 'PENDING_REVIEW'],
  [['rejected'], 'REJECTED'],
  [['published'], 'PUBLISHED'],
  [['yanked'], 'PUBLISHED'],
  [['draft', 'rejected'], 'REJECTED'],
  [['rejected', 'pending_review', 'draft'], 'PENDING_REVIEW'],
  [['published', 'pending_review'], 'PUBLISHED'],
  [['rejected', 'published'], 'PUBLISHED'],
  [['yanked', 'draft'], 'PUBLISHED'],
]

test.each(cases)('%j is %s', (states, status) => {
  expect(pluginStatus(states.map((state) => ({ state })))).toBe(status)
})
