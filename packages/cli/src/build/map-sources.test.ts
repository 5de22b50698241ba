import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rewriteSources } from './map-sources.ts'

/** A map as esbuild writes it. */
function mapOf(sources: string[], contents: string[]): Buffer {
  const list = (items: string[]) => `[${items.map((item) => JSON.stringify(item)).join(', ')}]`
  return Buffer.from(
    `{\n  "version": 3,\n  "sources": ${list(sources)},\n  "sourcesContent": ${list(contents)},\n  "mappings": "AAAA",\n  "names": []\n}\n`,
  )
}

test('sources get their names, and the rest stays as it is', () => {
  const map = mapOf(['../src/a.ts', '../../node_modules/b/index.js'], ['a', 'b'])
  const names: Record<string, string> = { '../node_modules/b/index.js': 'npm/b@1.0.0/index.js' }
  expect(JSON.parse(rewriteSources(map, (input) => names[input]).toString())).toEqual({
    version: 3,
    sources: ['../src/a.ts', 'npm/b@1.0.0/index.js'],
    sourcesContent: ['a', 'b'],
    mappings: 'AAAA',
    names: [],
  })
})

test('line ends of the sources become plain, whatever else is written in them', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('\\', 'r', 'n', '\r\n', '\n', '"', 'ä') })), (contents) => {
      const map = mapOf(
        contents.map((_, i) => `../src/${i}.ts`),
        contents,
      )
      const { sourcesContent } = JSON.parse(rewriteSources(map, () => undefined).toString())
      expect(sourcesContent).toEqual(contents.map((content) => content.replaceAll('\r\n', '\n')))
    }),
  )
})

test('a source named like a part of the map is only a source', () => {
  const name = '../src/"sourcesContent": [.ts'
  const map = mapOf([name], ['x'])
  expect(JSON.parse(rewriteSources(map, () => undefined).toString()).sources).toEqual([name])
})
