import { expect, test } from 'vitest'
import { changelogSection } from './changelog.ts'

const changelog = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-20

### Added

- A table.

## v1.1.0 (1 October)
- A chart.
## 1.0.0

[1.2.0]: https://example.com
`

test.each([
  ['1.2.0', '### Added\n\n- A table.'],
  ['1.1.0', '- A chart.'],
])('finds the entry of %s', (version, entry) => {
  expect(changelogSection(changelog, version)).toBe(entry)
  expect(changelogSection(changelog.replaceAll('\n', '\r\n'), version)).toBe(entry)
})

test.each(['1.2', '1.2.0-beta.1', '2.0.0', '0.0', ''])('finds none of %j', (version) => {
  expect(changelogSection(changelog, version)).toBeUndefined()
})

test('an entry without words is none', () => {
  expect(changelogSection('## 1.0.0\n\n## 0.9.0\n- x', '1.0.0')).toBeUndefined()
})
