import { describe, expect, test } from 'vitest'
import { channelRefusal, channelsOf, channelsTo, mostChannels } from './channels.ts'

type Written = [version: string, state: string, channel?: string]

const read = (written: Written[]) =>
  written.map(([version, state, channel = null]) => ({ version, state, channel: channel as string | null }))

const cases: [name: string, versions: Written[], set: Record<string, string>, channels: Record<string, string>][] = [
  ['nothing published', [['1.0.0', 'draft']], {}, {}],
  [
    'the highest release is latest',
    [
      ['1.9.0', 'published'],
      ['1.10.0', 'published'],
      ['2.0.0', 'pending_review'],
    ],
    {},
    { latest: '1.10.0' },
  ],
  ['a prerelease is not', [['1.0.0-rc.1', 'published']], {}, {}],
  ['not even one published to it', [['1.0.0-rc.1', 'published', 'latest']], {}, {}],
  [
    'a channel follows what is published to it, which is not latest',
    [
      ['1.0.0', 'published'],
      ['2.0.0-rc.1', 'published', 'beta'],
      ['2.0.0-rc.2', 'published', 'beta'],
      ['3.0.0', 'published', 'next'],
    ],
    {},
    { beta: '2.0.0-rc.2', latest: '1.0.0', next: '3.0.0' },
  ],
  [
    'a yanked version gives way, and a channel without another one ends',
    [
      ['1.0.0', 'published'],
      ['1.1.0', 'yanked'],
      ['2.0.0-rc.1', 'yanked', 'beta'],
    ],
    {},
    { latest: '1.0.0' },
  ],
  [
    'what was set holds',
    [
      ['1.0.0', 'published'],
      ['1.1.0', 'published'],
      ['2.0.0-rc.1', 'published'],
    ],
    { latest: '1.0.0', beta: '2.0.0-rc.1' },
    { beta: '2.0.0-rc.1', latest: '1.0.0' },
  ],
  [
    'what was set to a yanked version does not',
    [
      ['1.0.0', 'yanked'],
      ['1.1.0', 'published'],
    ],
    { latest: '1.0.0', stable: '1.0.0' },
    { latest: '1.1.0' },
  ],
]

test.each(cases)('%s', (_name, versions, set, channels) => {
  const rows = Object.entries(set).map(([channel, version]) => ({ channel, version }))
  for (const order of [read(versions), read(versions).toReversed()]) {
    expect(Object.fromEntries(channelsOf(order, rows))).toEqual(channels)
  }
})

test('a version is told all channels that mean it', () => {
  const channels = new Map([
    ['stable', '1.0.0'],
    ['beta', '2.0.0-rc.1'],
    ['latest', '1.0.0'],
  ])
  expect(channelsTo(channels, '1.0.0')).toEqual(['latest', 'stable'])
  expect(channelsTo(channels, '3.0.0')).toEqual([])
})

describe('channelRefusal', () => {
  const few = new Map([['latest', '1.0.0']])
  const full = new Map(Array.from({ length: mostChannels }, (_, index) => [`c${index}`, '1.0.0']))
  test.each([
    ['latest', '1.0.0', false, few, undefined],
    ['latest', '1.0.0-rc.1', false, few, 'prerelease_latest'],
    ['latest', '1.0.0-rc.1', true, few, undefined],
    ['beta', '1.0.0-rc.1', false, few, undefined],
    ['beta', '1.0.0', false, full, 'too_many_channels'],
    ['c0', '1.0.0', false, full, undefined],
  ])('%s to %s, prerelease allowed: %j', (channel, version, allowPrerelease, channels, code) => {
    expect(channelRefusal({ channel, version, allowPrerelease, channels })?.code).toBe(code)
  })
})
