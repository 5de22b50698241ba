import { expect, test } from 'vitest'
import { variantOf } from './experiment.ts'

const visitors = Array.from({ length: 20_000 }, (_, number) => `visitor-${number}`)
const triers = (id: string, share: number) => visitors.filter((visitor) => variantOf(visitor, { id, share }) === 'b')

test.each([1, 10, 50, 90])('%i of a hundred visitors try it', (share) => {
  const expected = (visitors.length * share) / 100
  const spread = Math.sqrt(expected * (1 - share / 100))
  for (const id of ['first', 'second', '0b1e7c1e-0f5b-4a8e-9f0a-6f1f7b6f0c11']) {
    // Five times the spread of a fair coin: one in a million fair hashes is further away.
    expect(Math.abs(triers(id, share).length - expected)).toBeLessThan(5 * spread)
  }
})

test('nobody and everybody', () => {
  expect(triers('x', 0)).toHaveLength(0)
  expect(triers('x', 100)).toHaveLength(visitors.length)
})

test('who tries it at a small share does so at every larger one', () => {
  const more = new Set(triers('x', 40))
  expect(triers('x', 15).filter((visitor) => !more.has(visitor))).toEqual([])
})

test('another experiment draws anew: its triers are no more often those of the first', () => {
  const first = new Set(triers('first', 50))
  const both = triers('second', 50).filter((visitor) => first.has(visitor)).length
  expect(Math.abs(both - visitors.length / 4)).toBeLessThan(5 * Math.sqrt((visitors.length * 3) / 16))
})

test('the same visitor gets the same, in every browser and for ever', () => {
  const names = ['ann', 'bea', 'cid', 'dan', 'eve', 'Zoë', '山', '']
  expect(names.map((visitor) => variantOf(visitor, { id: 'colours', share: 50 })).join('')).toBe('bbbbabbb')
})
