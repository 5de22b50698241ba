import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collisionFindings, foldPath, pathFindings } from './path-rules.ts'

const codes = (path: string) => pathFindings(path).map((finding) => finding.code)

describe('a path that any machine can hold', () => {
  test.each([
    'manifest.json',
    'dist/bundle.js',
    'dist/chunks/chunk-ABC_123.js.map',
    'assets/größe.png',
    'assets/日本語/アイコン.svg',
    'assets/a b.png',
    'assets/console.js',
    'assets/com10.txt',
    'assets/..name',
    '.hidden',
    `${'a/'.repeat(11)}b`,
    'ä'.repeat(100),
  ])('%s', (path) => {
    expect(codes(path)).toEqual([])
  })
})

test('all that is wrong with a path is said at once', () => {
  expect(codes('/a\\..//con\u202e.')).toEqual([
    'archive-path-absolute',
    'archive-path-parent',
    'archive-path-backslash',
    'archive-path-invisible',
    'archive-path-reserved',
  ])
})

test('a finding never shows the characters that it warns of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (path) => {
      for (const finding of pathFindings(path)) {
        expect(finding.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u)
        expect(finding.path?.length).toBeLessThan(3_000)
      }
    }),
  )
})

test('whatever has no finding stays inside the folder it is written to', () => {
  const segment = fc.oneof(fc.constantFrom('..', '.', '', 'a', '...', 'C:', 'con', 'a\\b'), fc.string({ maxLength: 5 }))
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
      const path = segments.join('/')
      if (pathFindings(path).length > 0) return
      expect(new URL(path, 'file:///package/').pathname.startsWith('/package/')).toBe(true)
      expect(path.normalize('NFC')).toBe(path)
    }),
  )
})

describe('paths that are one file on some machine', () => {
  test.each([
    ['ICON.png', 'icon.PNG'],
    ['straße', 'STRASSE'],
    ['\u00e9', 'e\u0301'],
    ['\u212a', 'k'],
    ['ς', 'Σ'],
  ])('%s and %s', (one, other) => {
    expect(foldPath(one)).toBe(foldPath(other))
    expect(collisionFindings([one, other]).map((finding) => finding.code)).toEqual(['archive-name-collision'])
  })

  test('a folder written in two ways is one finding, however many files are in it', () => {
    expect(collisionFindings(['dist/a', 'Dist/b', 'Dist/c', 'dist/d'])).toHaveLength(1)
  })

  test('an honest tree has none', () => {
    expect(collisionFindings(['dist/a.js', 'dist/a.js.map', 'dist/a/b.js', 'assets/a.js'])).toEqual([])
  })
})
