import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from './search-words.ts'

test.each([
  ['Sales Chart', ['sales', 'chart']],
  ['sales-chart_v2.0', ['sales', 'chart', 'v2', '0']],
  ['Crème brûlée, naïve', ['creme', 'brulee', 'naive']],
  ['ÜBERGRÖSSE straße', ['ubergrosse', 'straße']],
  ['ﬁne ﬂow', ['fine', 'flow']],
  ['Ёлка Ελλάδα', ['елка', 'ελλαδα']],
  ['한국어 図表', ['한국어', '図表']],
  ['a AND b OR NOT (c* NEAR "d")', ['a', 'and', 'b', 'or', 'not', 'c', 'near', 'd']],
  ['', []],
  ['"; drop table plugins; --', ['drop', 'table', 'plugins']],
  ['🎉 *** ^^ :', []],
])('%s', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})

test('words are letters and digits only, and stay as they are when asked for again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const words = wordsOf(text)
      for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
      expect(wordsOf(words.join(' '))).toEqual(words)
    }),
  )
})
