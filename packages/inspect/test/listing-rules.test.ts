import { expect, test } from 'vitest'
import { changelogSection } from '../src/listing/changelog.ts'
import { type Listing, listingFindings } from '../src/listing/listing-rules.ts'
import { readSbom } from '../src/listing/sbom.ts'
import { goodFiles, goodManifest } from './build-package.ts'
import { processorSeconds } from './code-clock.ts'

const texts = goodFiles()
const files = Object.entries(texts).map(([path, content]) => ({
  path,
  bytes: Buffer.byteLength(content),
  integrity: '',
}))
const good: Listing = {
  manifest: goodManifest,
  files,
  readme: String(texts['README.md']),
  changelog: String(texts['CHANGELOG.md']),
  sbom: String(texts['sbom.cdx.json']),
}
const codes = (changes: Partial<Listing>) => listingFindings({ ...good, ...changes }).findings.map(({ code }) => code)
const without = (path: string) => files.filter((file) => file.path !== path)

test('a good listing has all points', () => {
  expect(listingFindings(good)).toEqual({
    findings: [],
    quality: { score: 12, outOf: 12 },
    changelog: '- The card counts orders that are on their way.',
    dependencies: [{ name: 'clsx', version: '2.1.1' }],
  })
})

test('an empty listing has the points for what it cannot get wrong', () => {
  const { findings, quality, dependencies } = listingFindings({ manifest: undefined, files: [] })
  expect(quality).toEqual({ score: 3, outOf: 12 })
  expect(findings).toHaveLength(9)
  expect(dependencies).toEqual([])
})

test.each([
  ['COPYING', []],
  ['LICENCE.txt', []],
  ['License-MIT', []],
  ['docs/LICENSE', ['listing-license']],
])('%s as the licence: %j', (path, expected) => {
  expect(codes({ files: [...without('LICENSE'), { path, bytes: 1, integrity: '' }] })).toEqual(expected)
})

test('an icon counts when it is in the package', () => {
  expect(codes({ files: without('assets/icon.svg') })).toEqual(['listing-icon'])
})

test('a backend does not weigh on the page, and needs no map', () => {
  const backend = { path: 'dist/backend.mjs', bytes: 900_000, integrity: '' }
  expect(codes({ files: [...without('dist/backend.mjs'), backend] })).toEqual([])
  const only = without('dist/bundle.js').filter(({ path }) => path !== 'dist/bundle.js.map')
  expect(codes({ files: only })).toEqual([])
})

test.each(['## Set up', '# Getting started', '### How to configure', '  ## Installation', '## Examples'])(
  '%s is about use',
  (heading) => {
    expect(codes({ readme: `${'words '.repeat(60)}\n\n${heading}\n\nx` })).toEqual([])
  },
)

const changelog = `# Changelog
All notable changes, see [1.0.0](https://example.com).

## [Unreleased]
- Soon.

## [1.2.0-beta.1+5] - 2026-02-01
### Added
- Beta.

\`\`\`md
## 1.1.0
in a block
\`\`\`

## v1.1.0
- Fixed.
### Also
- More.
## [1.0.0](https://example.com/1.0.0) (2026-01-01)

- First.

[Unreleased]: https://example.com/a
[1.0.0]: https://example.com/b
`

test.each([
  ['1.2.0-beta.1+5', '### Added\n- Beta.\n\n```md\n## 1.1.0\nin a block\n```'],
  ['1.1.0', '- Fixed.\n### Also\n- More.'],
  ['1.0.0', '- First.'],
  ['1.2.0', undefined],
  ['1.1', undefined],
  ['Unreleased', undefined],
])('the section of %s is %j', (version, section) => {
  expect(changelogSection(changelog, version)).toBe(section)
  expect(changelogSection(changelog.replaceAll('\n', '\r\n'), version)).toBe(section)
})

test.each([
  ['# 1.0.0\nx\n# 0.9.0\ny', 'x'],
  ['# Version 1.0.0\nx', 'x'],
  ['### [1.0.0] - 2026-01-01\nx\n## y', 'x'],
  ['## 1.0.0 / 2026-01-01\n~~~\n```\n## 2\n~~~\nx', '~~~\n```\n## 2\n~~~\nx'],
  ['## 1.0.0\n\n## 0.9.0\nx', undefined],
  ['1.0.0\nx', undefined],
  ['##1.0.0\nx', undefined],
  ['', undefined],
])('in %j the section of 1.0.0 is %j', (text, section) => expect(changelogSection(text, '1.0.0')).toBe(section))

test('a changelog of a megabyte is read at once', () => {
  const seconds = processorSeconds(() => {
    for (const line of ['#', '## 1.0.0', '`', '[x]: ', ' ', '# \t \t']) {
      changelogSection(`${line}\n`.repeat(1_000_000 / (line.length + 1)), '1.0.0')
      changelogSection(line.repeat(1_000_000 / line.length), '1.0.0')
    }
  })
  expect(seconds).toBeLessThan(5)
}, 60_000)

test('a bill of materials gives names and versions, sorted and each once', () => {
  const components = [
    { name: 'zod', version: '4.0.0', components: [{ group: '@scope', name: 'inner', version: '1.0.0' }] },
    { group: '', name: 'clsx', version: '2.1.1' },
    { name: 'clsx', version: '2.1.1' },
    { name: 'unversioned' },
  ]
  expect(readSbom(JSON.stringify({ bomFormat: 'CycloneDX', components }))).toEqual([
    { name: '@scope/inner', version: '1.0.0' },
    { name: 'clsx', version: '2.1.1' },
    { name: 'zod', version: '4.0.0' },
  ])
  expect(readSbom('{"bomFormat":"CycloneDX"}')).toEqual([])
})

test.each([
  '',
  '[',
  '[]',
  'null',
  '{}',
  '{"bomFormat":"CycloneDX","components":1}',
  '{"bomFormat":"CycloneDX","components":[1]}',
])('%s is no bill of materials', (text) => expect(readSbom(text)).toBeUndefined())

test('components within components end soon', () => {
  const depth = 3_000
  const text = `{"bomFormat":"CycloneDX","components":${'[{"components":'.repeat(depth)}[]${'}]'.repeat(depth)}}`
  expect(readSbom(text)).toEqual([])
})
