import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withChangelogSection } from './changelog.ts'

test('the first section of a file that has none', () => {
  expect(withChangelogSection(undefined, '1.0.0', 'New.')).toBe('# Changelog\n\n## 1.0.0\n\nNew.\n')
  expect(withChangelogSection('\n', '1.0.0', 'New.')).toBe('# Changelog\n\n## 1.0.0\n\nNew.\n')
  expect(withChangelogSection('# News\n\nHear.', '1.0.0', ' New.\r\nNewer.\n')).toBe(
    '# News\n\nHear.\n\n## 1.0.0\n\nNew.\nNewer.\n',
  )
})

test('a section before the others, headed like them', () => {
  expect(withChangelogSection('# News\n\n## 0.9.0\n\nOld.\n', '1.0.0', 'New.')).toBe(
    '# News\n\n## 1.0.0\n\nNew.\n\n## 0.9.0\n\nOld.\n',
  )
  expect(withChangelogSection('## [0.9.0] - 2026-01-01\n### Fixed\n', '1.0.0', 'New.')).toBe(
    '## [1.0.0]\n\nNew.\n\n## [0.9.0] - 2026-01-01\n### Fixed\n',
  )
})

test('nothing of the file is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const lines = text.replace(/\r\n?/g, '\n').trim().split('\n')
      const made = withChangelogSection(text, '1.0.0', 'New.')
      for (const line of lines) expect(made).toContain(line.trim())
      expect(made).toContain('1.0.0')
    }),
  )
})
