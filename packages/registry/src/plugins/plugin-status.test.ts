import type { PluginStatus, VersionState } from '@plexica/api'
import { expect, test } from 'vitest'
import { pluginStatus, wasPublished } from './plugin-status.ts'

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
  const versions = states.map((state) => ({ state }))
  expect(pluginStatus(versions, false)).toBe(status)
  expect(pluginStatus(versions, true)).toBe(status === 'PUBLISHED' ? 'DEPRECATED' : status)
  expect(wasPublished(status)).toBe(status === 'PUBLISHED')
})

test('a deprecated plugin keeps its page, one that is not there has none', () => {
  expect(wasPublished('DEPRECATED')).toBe(true)
  expect(wasPublished(undefined)).toBe(false)
})
