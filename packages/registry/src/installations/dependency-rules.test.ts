import { expect, test } from 'vitest'
import { type Dependent, leftBehind, missingFor } from './dependency-rules.ts'

const needs = (pluginId: string, dependencies: Record<string, string>): Dependent => ({
  pluginId,
  version: '3.0.0',
  dependencies,
})
const others = [
  needs('board', { quotes: '^1.0.0', other: '*' }),
  needs('chart', { quotes: '>=1.2.0' }),
  needs('quotes', { other: '^1.0.0' }),
]

test('who would miss a plugin is named with the range that it needs', () => {
  expect(missingFor('quotes', others).map(({ message, path }) => [path, message])).toEqual([
    ['board', 'board 3.0.0 needs quotes ^1.0.0.'],
    ['chart', 'chart 3.0.0 needs quotes >=1.2.0.'],
  ])
  expect(missingFor('board', others)).toEqual([])
  expect(missingFor('constructor', others)).toEqual([])
})

test.each([
  ['1.2.0', '1.3.0', []],
  ['1.2.0', '2.0.0', ['board']],
  ['1.2.0', '1.1.0', ['chart']],
  ['1.2.0', '0.9.0', ['board', 'chart']],
  // Those that did not run with what is left lose nothing.
  ['2.0.0', '3.0.0', []],
  ['1.1.0', '1.0.0', []],
])('from %s to %s leaves %j behind', (from, to, behind) => {
  expect(leftBehind('quotes', { from, to }, others).map(({ path }) => path)).toEqual(behind)
})
