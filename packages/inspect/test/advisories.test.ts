import fc from 'fast-check'
import semver from 'semver'
import { describe, expect, test } from 'vitest'
import {
  advisoryFindings,
  fixedVersion,
  isAffected,
  matchAdvisories,
  type PackageAdvisory,
  type RangeEvent,
} from '../src/index.ts'

const number = fc.integer({ min: 0, max: 3 })
const version = fc
  .tuple(
    number,
    number,
    number,
    fc.option(fc.constantFrom('alpha', 'alpha.1', 'beta.2', 'beta.10', 'rc.1'), { freq: 3 }),
  )
  .map(([major, minor, patch, tail]) => `${major}.${minor}.${patch}${tail === null ? '' : `-${tail}`}`)

type Interval = { from: string; to: string; includesTo: boolean }

/** Intervals that do not touch, from low to high: what a range's events say when they make sense. */
const intervals = fc
  .tuple(
    fc.uniqueArray(version, { maxLength: 8 }),
    fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([versions, includes, fromZero]) => {
    const sorted = versions.toSorted(semver.compare)
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, n): Interval => {
      const from = n === 0 && fromZero ? '0' : String(sorted[2 * n])
      return { from, to: String(sorted[2 * n + 1]), includesTo: includes[n] === true }
    })
  })

const eventsOf = (some: readonly Interval[]): RangeEvent[] =>
  some.flatMap(({ from, to, includesTo }) => [
    { at: 'introduced', version: from },
    { at: includesTo ? 'last_affected' : 'fixed', version: to },
  ])

/** What semver's own ranges say. */
const isInside = (wanted: string, { from, to, includesTo }: Interval) => {
  const begin = from === '0' ? '' : `>=${from} `
  return semver.satisfies(wanted, `${begin}<${includesTo ? '=' : ''}${to}`, { includePrerelease: true })
}

describe('a range', () => {
  test('affects what lies in one of its intervals, in whatever order its events stand', () => {
    const shuffled = intervals.chain((some) => {
      const events = eventsOf(some)
      return fc.record({ some: fc.constant(some), events: fc.shuffledSubarray(events, { minLength: events.length }) })
    })
    fc.assert(
      fc.property(shuffled, version, ({ some, events }, wanted) => {
        const expected = some.some((interval) => isInside(wanted, interval))
        expect(isAffected(wanted, { ranges: [events], versions: [] })).toBe(expected)
      }),
    )
  })

  test('beside others affects what any of them does, and no less with versions listed', () => {
    fc.assert(
      fc.property(
        fc.array(intervals, { maxLength: 3 }),
        fc.array(version, { maxLength: 3 }),
        version,
        (all, listed, wanted) => {
          const ranges = all.map(eventsOf)
          const each = ranges.some((events) => isAffected(wanted, { ranges: [events], versions: [] }))
          expect(isAffected(wanted, { ranges, versions: listed })).toBe(each || listed.includes(wanted))
        },
      ),
    )
  })

  test('without an end goes on, with a limit ends before it, and `*` is no limit', () => {
    fc.assert(
      fc.property(version, version, version, (from, limit, wanted) => {
        const introduced: RangeEvent = { at: 'introduced', version: from }
        const affects = (...events: RangeEvent[]) =>
          isAffected(wanted, { ranges: [[introduced, ...events]], versions: [] })
        const since = semver.gte(wanted, from)
        expect(affects()).toBe(since)
        expect(affects({ at: 'limit', version: limit })).toBe(since && semver.lt(wanted, limit))
        expect(affects({ at: 'limit', version: '*' })).toBe(since)
        // One limit that is not reached is enough.
        expect(affects({ at: 'limit', version: limit }, { at: 'limit', version: '*' })).toBe(since)
      }),
    )
  })

  test('from 0 on affects even the lowest prerelease', () => {
    expect(isAffected('0.0.0-0', { ranges: [[{ at: 'introduced', version: '0' }]], versions: [] })).toBe(true)
  })

  test('that begins and ends with the same version affects that version', () => {
    const events: RangeEvent[] = [
      { at: 'last_affected', version: '1.2.3' },
      { at: 'introduced', version: '1.2.3' },
    ]
    const affected = ['1.2.2', '1.2.3', '1.2.4'].filter((one) => isAffected(one, { ranges: [events], versions: [] }))
    expect(affected).toEqual(['1.2.3'])
  })
})

test('build metadata changes nothing, and what is no semantic version is affected only by name', () => {
  const ranges: RangeEvent[][] = [[{ at: 'introduced', version: '0' }]]
  expect(isAffected('1.0.0+linux', { ranges: [], versions: ['1.0.0'] })).toBe(true)
  expect(isAffected('workspace', { ranges, versions: ['1.0.0'] })).toBe(false)
  expect(isAffected('workspace', { ranges, versions: ['workspace'] })).toBe(true)
  expect(fixedVersion('workspace', { ranges, versions: [] })).toBeUndefined()
})

test('the version that mends is not affected by its range, higher, and the lowest that a range names', () => {
  fc.assert(
    fc.property(intervals, version, (some, wanted) => {
      const ranges = [eventsOf(some)]
      const fixed = fixedVersion(wanted, { ranges, versions: [] })
      const interval = some.find((one) => isInside(wanted, one))
      const ends = some.filter((one) => !one.includesTo && semver.gt(one.to, wanted)).map(({ to }) => to)
      expect(fixed).toBe(interval === undefined ? undefined : ends.toSorted(semver.compare)[0])
      if (fixed !== undefined) expect(isAffected(fixed, { ranges, versions: [] })).toBe(false)
    }),
  )
})

describe('what a package bundles', () => {
  const advisory = (id: string, name: string, more: Partial<PackageAdvisory> = {}): PackageAdvisory => ({
    id,
    package: name,
    severity: 'high',
    summary: 'Loses its mind.',
    link: 'https://example.com/advisory',
    ranges: [
      [
        { at: 'introduced', version: '0' },
        { at: 'fixed', version: '2.0.0' },
      ],
    ],
    versions: [],
    ...more,
  })

  test('is matched by exact name, each advisory once', () => {
    const all = [
      advisory('A-1', 'left'),
      advisory('A-1', 'left', { ranges: [], versions: ['1.0.0'] }),
      advisory('A-2', 'Left'),
    ]
    const matches = matchAdvisories(
      [
        { name: 'left', version: '1.0.0' },
        { name: 'left', version: '2.0.0' },
      ],
      all,
    )
    expect(matches.map(({ advisory: { id }, version: one, fixed }) => [id, one, fixed])).toEqual([
      ['A-1', '1.0.0', '2.0.0'],
    ])
  })

  test('is told with what to do', () => {
    const [finding] = advisoryFindings(matchAdvisories([{ name: 'left', version: '1.0.0' }], [advisory('A-1', 'left')]))
    expect(finding).toEqual({
      code: 'dependency-vulnerable',
      severity: 'warning',
      message: 'left@1.0.0 is affected by A-1 (high): Loses its mind.',
      fix: 'Update left to 2.0.0 or higher. https://example.com/advisory tells more.',
      path: 'sbom.cdx.json',
    })
  })

  test('is told the gravest first, and not more than anybody reads', () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      advisory(
        `A-${n}`,
        'left',
        n === 59 ? { severity: 'critical' } : { severity: null, ranges: [[{ at: 'introduced', version: '0' }]] },
      ),
    )
    const findings = advisoryFindings(matchAdvisories([{ name: 'left', version: '1.0.0' }], many))
    expect(findings).toHaveLength(51)
    expect(findings[0]?.message).toContain('A-59 (critical)')
    expect(findings[1]?.fix).toContain('no version is known')
    expect(findings[50]?.message).toBe('10 more advisories are not shown.')
  })
})
