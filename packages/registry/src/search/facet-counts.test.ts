import { expect, test } from 'vitest'
import { facetCounts } from './facet-counts.ts'

const groups = [
  { category: 'content', priceType: 'free', count: 5 },
  { category: 'content', priceType: 'paid', count: 1 },
  { category: 'analytics', priceType: 'free', count: 2 },
  { category: 'security', priceType: 'paid', count: 2 },
]

test('without filters, everything counts', () => {
  expect(facetCounts(groups, { categories: [], priceType: undefined })).toEqual({
    total: 10,
    facets: {
      category: [
        { value: 'content', count: 6 },
        { value: 'analytics', count: 2 },
        { value: 'security', count: 2 },
      ],
      priceType: [
        { value: 'free', count: 7 },
        { value: 'paid', count: 3 },
      ],
    },
  })
})

test('a facet ignores its own filter and heeds the other', () => {
  expect(facetCounts(groups, { categories: ['content'], priceType: 'paid' })).toEqual({
    total: 1,
    facets: {
      category: [
        { value: 'security', count: 2 },
        { value: 'content', count: 1 },
      ],
      priceType: [
        { value: 'free', count: 5 },
        { value: 'paid', count: 1 },
      ],
    },
  })
})

test('several categories add up', () => {
  expect(facetCounts(groups, { categories: ['content', 'security'], priceType: undefined }).total).toBe(8)
})

test('nothing found', () => {
  const nothing = { total: 0, facets: { category: [], priceType: [] } }
  expect(facetCounts([], { categories: ['content'], priceType: 'free' })).toEqual(nothing)
})
