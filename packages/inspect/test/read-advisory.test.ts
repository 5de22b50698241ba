import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAdvisory } from '../src/index.ts'

const record = {
  schema_version: '1.7.0',
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: '2026-03-01T10:00:00.123456Z',
  published: '2026-02-01T00:00:00Z',
  aliases: ['CVE-2026-1'],
  summary: 'Takes any text for a path',
  details: 'A long story.',
  affected: [
    {
      package: { ecosystem: 'npm', name: '@scope/left', purl: 'pkg:npm/%40scope/left' },
      ranges: [
        { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.3' }] },
        { type: 'GIT', repo: 'https://git.example.com/left', events: [{ introduced: '0' }] },
      ],
      versions: ['1.0.0'],
    },
    { package: { ecosystem: 'PyPI', name: 'left' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '1!0' }] }] },
  ],
  references: [
    { type: 'WEB', url: 'https://example.com/news' },
    { type: 'ADVISORY', url: 'https://example.com/advisory' },
  ],
  database_specific: { severity: 'MODERATE', cwe_ids: [] },
}
const read = (changes: object) => {
  const result = readAdvisory({ ...record, ...changes })
  if ('problem' in result) throw new Error(result.problem)
  return result.advisory
}

test('keeps what matters of a record, and only what is of npm', () => {
  expect(read({})).toEqual({
    id: 'GHSA-aaaa-bbbb-cccc',
    modified: '2026-03-01T10:00:00.123456Z',
    withdrawn: null,
    summary: 'Takes any text for a path',
    severity: 'moderate',
    link: 'https://example.com/advisory',
    aliases: ['CVE-2026-1'],
    packages: [
      {
        name: '@scope/left',
        ranges: [
          [
            { at: 'introduced', version: '0' },
            { at: 'fixed', version: '1.2.3' },
          ],
        ],
        versions: ['1.0.0'],
      },
    ],
  })
})

/** Vectors with the base scores that FIRST's calculator gives them. */
test.each([
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'critical'], // 9.8
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 'critical'], // 10.0
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 'high'], // 7.5
  ['CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 'high'], // 7.8
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 'moderate'], // 6.1
  ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N', 'moderate'], // 5.9
  ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 'low'], // 3.1
  ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 'low'], // 1.6
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', null],
  ['CVSS:3.1/AV:N/AC:L', null],
  ['high', null],
])('without its own word, %s is %s', (score, severity) => {
  expect(read({ database_specific: {}, severity: [{ type: 'CVSS_V3', score }] }).severity).toBe(severity)
})

test('its own word goes before a formula, and `medium` is what others call moderate', () => {
  const severity = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }]
  expect(read({ severity, database_specific: { severity: 'Medium' } }).severity).toBe('moderate')
  expect(read({ severity, database_specific: { severity: 'who knows' } }).severity).toBe('critical')
})

test('a text for people cannot do anything to their terminal or page', () => {
  expect(read({ summary: '\u001b[2Jred\u202e\nand more' }).summary).toBe('U+001B[2JredU+202E')
  expect(read({ summary: 'x'.repeat(1_000) }).summary).toHaveLength(300)
  expect(read({ references: [{ type: 'ADVISORY', url: 'javascript:alert(1)' }] }).link).toBeNull()
})

describe('a record that could be matched wrongly is told', () => {
  const npm = (range: object) => ({ affected: [{ package: { ecosystem: 'npm', name: 'left' }, ranges: [range] }] })
  test.each([
    [{ id: undefined }, 'id is not a text'],
    [{ id: '<script>' }, 'id is not the name of an advisory'],
    [{ modified: 'yesterday' }, 'modified is not a time in UTC'],
    [{ withdrawn: '2026-02-31T99:00:00Z' }, 'withdrawn is not a time in UTC'],
    [{ affected: {} }, 'affected is not a list'],
    [{ affected: [{ package: { ecosystem: 'npm' } }] }, 'affected[0].package.name is not a text'],
    [npm({ type: 'SEMVER', events: [] }), 'affected[0].ranges[0].events is empty'],
    [npm({ type: 'CALVER', events: [{ introduced: '0' }] }), 'affected[0].ranges[0].type is neither'],
    [npm({ type: 'SEMVER', events: [{ introduced: '0', fixed: '1.0.0' }] }), 'events[0] does not name one of'],
    [
      npm({ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: 'next' }] }),
      'events[1].fixed is not a semantic version',
    ],
  ])('%j', (changes, words) => {
    const result = readAdvisory({ ...record, ...changes })
    expect('problem' in result && result.problem).toContain(words)
  })

  test('whatever it is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...Object.keys(record)), fc.jsonValue()),
        (any, changes) => {
          expect(readAdvisory(any)).toHaveProperty('problem')
          // Neither throws nor gives half an advisory.
          const result = readAdvisory({ ...record, ...changes })
          if ('advisory' in result) expect(result.advisory.id).toMatch(/^[\w.:-]+$/)
        },
      ),
    )
  })
})
