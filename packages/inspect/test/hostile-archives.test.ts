import { describe, expect, test } from 'vitest'
import { inspectPackage, inspectRules } from '../src/index.ts'
import { inChunks } from './build-archive.ts'
import { hostileArchives } from './hostile-archives.ts'

const shownSafely = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]*$/u

describe('each hostile package is noticed by its rule', () => {
  test.each(hostileArchives)('$code: $name', async ({ code, bytes, platform }) => {
    const inspection = await inspectPackage(inChunks(bytes()), platform === undefined ? {} : { platform })
    const found = inspection.findings.find((finding) => finding.code === code)
    expect(inspection.findings.map((finding) => finding.code)).toContain(code)
    expect(found?.severity).toBe(inspectRules[code]?.severity)
    for (const { message, path, fix } of inspection.findings) {
      expect(message).toMatch(/\.$/)
      expect(message).toMatch(shownSafely)
      expect(path ?? '').toMatch(shownSafely)
      expect(fix).toMatch(/\.$/)
    }
  })
})

test('each rule has a hostile package', () => {
  const covered = new Set(hostileArchives.map((archive) => archive.code))
  expect(Object.keys(inspectRules).filter((code) => !covered.has(code))).toEqual([])
})

test('no hostile package is for a rule that does not exist', () => {
  expect(hostileArchives.map((archive) => archive.code).filter((code) => !(code in inspectRules))).toEqual([])
})

test('names are unique, so that a failing test names its package', () => {
  const names = hostileArchives.map(({ code, name }) => `${code}: ${name}`)
  expect(new Set(names).size).toBe(names.length)
})
