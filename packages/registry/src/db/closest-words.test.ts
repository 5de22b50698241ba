import { expect, test } from 'vitest'
import { closestWords, slipsForgiven } from './closest-words.ts'

const near = (word: string, candidates: string[], prefix = false) => closestWords(word, candidates, { prefix, most: 3 })

test.each([
  ['another letter', 'chert', 'chart'],
  ['a letter too few', 'chrt', 'chart'],
  ['a letter too many', 'chaart', 'chart'],
  ['two letters swapped', 'cahrt', 'chart'],
  ['the first letter', 'xhart', 'chart'],
  ['two slips in a long word', 'dahsbaord', 'dashboard'],
])('forgives %s', (_name, word, meant) => {
  expect(near(word, [meant])).toEqual([meant])
})

test.each([
  ['two slips in a short word', 'chxrx', 'chart'],
  ['any slip in three letters', 'mop', 'map'],
  ['three slips in a long word', 'dxshbxarx', 'dashboard'],
  ['an end that is missing', 'char', 'charting'],
])('does not forgive %s', (_name, word, other) => {
  expect(near(word, [other])).toEqual([])
})

test('of a word that is still being typed, the beginning counts', () => {
  expect(near('dahsb', ['dashboard', 'dancing'], true)).toEqual(['dashboard'])
  expect(near('dahsb', ['dashboard'])).toEqual([])
})

test('only the nearest count, and not too many of them', () => {
  expect(near('charts', ['chart', 'chants', 'chairs'])).toEqual(['chart', 'chants'])
  expect(near('dashboard', ['dashboards', 'dashbords', 'dashboard'])).toEqual(['dashboard'])
  expect(near('carta', ['carts', 'cart', 'carte', 'cartas', 'marta'])).toHaveLength(3)
})

test('letters outside the first plane count as one', () => {
  expect(slipsForgiven('𝒳𝒳𝒳')).toBe(0)
  expect(near('𐐨𐐩𐐪𐐫', ['𐐨𐐩𐐪𐐬'])).toEqual(['𐐨𐐩𐐪𐐬'])
})
