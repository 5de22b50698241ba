import type { VersionState } from '@plexica/api'
import { expect, test } from 'vitest'
import { listingVersion } from './listing-version.ts'

type Written = [version: string, state: VersionState]
const cases: [name: string, versions: Written[], listing: string, latest: string | null][] = [
  ['one draft', [['1.0.0', 'draft']], '1.0.0', null],
  [
    'nothing published: the newest upload, whatever its number',
    [
      ['2.0.0', 'rejected'],
      ['1.0.1', 'draft'],
    ],
    '1.0.1',
    null,
  ],
  [
    'the highest published, not the newest',
    [
      ['1.10.0', 'published'],
      ['1.9.1', 'published'],
    ],
    '1.10.0',
    '1.10.0',
  ],
  [
    'drafts above it stay hidden',
    [
      ['1.0.0', 'published'],
      ['1.1.0', 'pending_review'],
    ],
    '1.0.0',
    '1.0.0',
  ],
  [
    'prereleases are not the latest',
    [
      ['1.0.0', 'published'],
      ['2.0.0-rc.1', 'published'],
    ],
    '1.0.0',
    '1.0.0',
  ],
  [
    'only prereleases: the highest shows',
    [
      ['1.0.0-a.2', 'published'],
      ['1.0.0-a.10', 'published'],
    ],
    '1.0.0-a.10',
    null,
  ],
  [
    'a yanked one gives way',
    [
      ['1.0.0', 'published'],
      ['1.1.0', 'yanked'],
    ],
    '1.0.0',
    '1.0.0',
  ],
  [
    'all yanked: never a draft',
    [
      ['1.0.0', 'yanked'],
      ['1.1.0', 'draft'],
      ['0.9.0', 'yanked'],
    ],
    '1.0.0',
    null,
  ],
]

test.each(cases)('%s', (_name, written, version, latest) => {
  const versions = written.map(([version, state], index) => ({
    version,
    state,
    channel: null,
    created_at: `2026-01-0${index + 1}`,
  }))
  for (const order of [versions, versions.toReversed()]) {
    expect(listingVersion(order, [])).toMatchObject({ listing: { version }, latest })
  }
})

test('of uploads in one millisecond the higher shows', () => {
  const at = { state: 'draft', channel: null, created_at: '2026-01-01' } as const
  const { listing } = listingVersion(
    [
      { version: '1.0.0', ...at },
      { version: '1.1.0', ...at },
    ],
    [],
  )
  expect(listing.version).toBe('1.1.0')
})

test('what `latest` was set to shows', () => {
  const at = { state: 'published', channel: null, created_at: '2026-01-01' } as const
  const versions = ['1.0.0', '1.1.0'].map((version) => ({ version, ...at }))
  const found = listingVersion(versions, [{ channel: 'latest', version: '1.0.0' }])
  expect(found).toMatchObject({ listing: { version: '1.0.0' }, latest: '1.0.0' })
})

test('a plugin without a version is a mistake of ours', () => {
  expect(() => listingVersion([], [])).toThrow(TypeError)
})
