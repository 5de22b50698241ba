import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import './load-tsx.ts'
import { chartConfiguration } from '../src/chart-configuration.ts'
import { salesFormat } from '../src/sales-format.ts'

const { SalesChart } = await import('../src/index.tsx')

const theme = {
  bar: '#4fa39b',
  chosenBar: '#0f766e',
  text: '#000',
  grid: '#ccc',
  average: '#b45309',
  tooltipText: '#fff',
  tooltipSurface: '#000',
  font: 'sans-serif',
  animated: false,
}
const month = Array.from({ length: 30 }, (_, index) => ({
  date: `2026-11-${String(index + 1).padStart(2, '0')}`,
  total: index * 10,
  orders: index,
}))

test('the card renders its title, its switch with the configured range, and says that it is loading', () => {
  const plexica = {
    tenantId: 'acme',
    configuration: { defaultRange: 90 },
    request: () => new Promise<unknown>(() => {}),
  }
  const html = renderToString(createElement(SalesChart, { plexica }))
  assert.match(html, /<h2[^>]*>Sales<\/h2>/)
  assert.match(html, /Loading the sales/)
  assert.match(html, /checked=""\/><span>90<!-- --> days/)
})

test('every day has a bar, and the average line starts after a full week', () => {
  const { data } = chartConfiguration(month, salesFormat('EUR', 'en-GB'), theme)
  assert.equal(data.labels?.[11], '12 Nov')
  assert.deepEqual(
    data.datasets.map(({ label }) => label),
    ['Sales', '7-day average'],
  )
  assert.deepEqual(data.datasets[1]?.data.slice(0, 8), [null, null, null, null, null, null, 30, 40])
})

test('a single week has no average line', () => {
  const { data } = chartConfiguration(month.slice(0, 7), salesFormat('EUR', 'en-GB'), theme)
  assert.equal(data.datasets.length, 1)
})
