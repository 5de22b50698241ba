import { expect, test } from 'vitest'
import { didYouMean } from './did-you-mean.ts'

test.each([
  ['nmae', 'name'],
  ['Name', 'name'],
  ['desciption', 'description'],
  ['NETWROK', 'network'],
  ['x', undefined],
  ['nothing like it', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%s means %s', (word, meant) => {
  expect(didYouMean(word, ['name', 'description', 'network'])).toBe(meant)
})
