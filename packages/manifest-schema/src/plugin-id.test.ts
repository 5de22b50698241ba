import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalId, isReservedId, resembledIds, reservedIds } from './plugin-id.ts'

describe('canonicalId', () => {
  test.each([
    ['order-desk', 'orderdesk'],
    ['order-desk', 'Order-Desk'],
    ['order-desk', '0rder-desk'],
    ['list-view', '1ist-vlew'],
    ['modern', 'modem'],
    ['mode-r-n', 'modem'],
    ['wave', 'vvave'],
  ])('%s and %s are one', (a, b) => {
    expect(canonicalId(a)).toBe(canonicalId(b))
  })

  test.each([
    ['order-desk', 'order-desks'],
    ['chart', 'charts'],
    ['chart-2', 'chart-3'],
  ])('%s and %s are two', (a, b) => {
    expect(canonicalId(a)).not.toBe(canonicalId(b))
  })

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{1,62}$/), (id) => {
        expect(canonicalId(canonicalId(id))).toBe(canonicalId(id))
      }),
    )
  })
})

test('reserved are the words of the product and what reads like them', () => {
  for (const id of [...reservedIds, 'plex1ca', 'pIexica', 'adm-in', 'p0pular'])
    expect([id, isReservedId(id)]).toEqual([id, true])
  for (const id of ['plexica-tools', 'searcher', 'order-desk']) expect([id, isReservedId(id)]).toEqual([id, false])
  expect(reservedIds).toEqual([...new Set(reservedIds)].toSorted())
})

describe('resembledIds', () => {
  const known = ['sales-chart', 'maps', 'tax', 'weather-report']

  test.each([
    ['sales-charts', ['sales-chart']],
    ['salse-chart', ['sales-chart']],
    ['weathr-reprt', ['weather-report']],
    ['sales-chart', []],
    ['mops', ['maps']],
    ['mopz', []],
    ['tux', []],
    ['sales-table', []],
  ])('%s: %j', (id, expected) => {
    expect(resembledIds(id, known)).toEqual(expected)
  })

  test('names the nearest first', () => {
    expect(resembledIds('sales-chart', ['sales-charter', 'sales-charts'])).toEqual(['sales-charts', 'sales-charter'])
  })
})
