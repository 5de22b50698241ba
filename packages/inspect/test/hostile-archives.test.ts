import { describe, expect, test } from 'vitest'
import { inspectPackage, packageRules } from '../src/index.ts'
import { inChunks } from './build-archive.ts'
import { hostileArchives } from './hostile-archives.ts'

const shownSafely = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]*$/u

describe('each hostile package is noticed by its rule', () => {
  test.each(hostileArchives)('$code: $name', async ({ code, bytes, platform }) => {
    const inspection = await inspectPackage(inChunks(bytes()), platform === undefined ? {} : { platform })
    const found = inspection.findings.find((finding) => finding.code === code)
    expect(inspection.findings.map((finding) => finding.code)).toContain(code)
    expect(found?.severity).toBe(packageRules[code]?.severity)
    for (const { message, path, fix } of inspection.findings) {
      expect(message).toMatch(/[.?]$/)
      expect(message).toMatch(shownSafely)
      expect(path ?? '').toMatch(shownSafely)
      expect(fix).toMatch(/\.$/)
    }
  })
})

/** Rules that an inspection does not come to: what a tenant has installed, and what the package's own limits say first. */
const elsewhere = [
  'compatibility-dependency-missing',
  'compatibility-dependency-version',
  'manifest-too-large',
  'manifest-more-findings',
]

test('each rule has a hostile package, and each hostile package a rule', () => {
  const codes = Object.keys(packageRules).filter((code) => !elsewhere.includes(code))
  expect([...new Set(hostileArchives.map((archive) => archive.code))].sort()).toEqual(codes.sort())
})

test('names are unique, so that a failing test names its package', () => {
  const names = hostileArchives.map(({ code, name }) => `${code}: ${name}`)
  expect(new Set(names).size).toBe(names.length)
})
