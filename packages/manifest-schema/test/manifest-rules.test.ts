import { describe, expect, test } from 'vitest'
import { type ManifestCode, manifestRules, readManifest } from '../src/index.ts'
import { manifestFixtures } from './manifest-fixtures.ts'

const codes = Object.keys(manifestRules) as ManifestCode[]

/** Floods of findings and broken files cannot keep to one code. */
const notAlone = new Set<ManifestCode>(['manifest-more-findings'])

describe.each(codes)('%s', (code) => {
  test.each(manifestFixtures[code])('$says', ({ text, at, says }) => {
    const { findings } = readManifest(text)
    const finding = findings.find((candidate) => candidate.code === code)
    expect(finding?.message).toContain(says)
    expect(finding?.severity).toBe(manifestRules[code].severity)
    if (at !== '') expect(text.split('\n')[(finding?.line ?? 0) - 1]).toContain(at)
    if (!notAlone.has(code)) expect(findings.map((each) => each.code)).toEqual([code])
  })
})

test('each rule reads well in a table: sentences, no line ends, a fix', () => {
  for (const [code, { summary, fix }] of Object.entries(manifestRules)) {
    expect(code).toMatch(/^manifest-[a-z]+(-[a-z]+)*$/)
    expect(summary, code).toMatch(/^[A-Z][^\n|]{20,220}\.$/)
    expect(fix, code).toMatch(/^[A-Z][^\n]{5,160}\.$/)
  }
})
