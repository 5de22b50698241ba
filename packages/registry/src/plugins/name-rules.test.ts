import { expect, test } from 'vitest'
import { nameFindings } from './name-rules.ts'

test('a name far from every other is not spoken of', () => {
  expect(nameFindings('order-desk', ['sales-chart'])).toEqual([])
})

test('one near others is, with the nearest of them', () => {
  const known = ['sales-charter', 'sales-charts', 'sale-chart', 'sales-charz', 'maps']
  const [finding, ...more] = nameFindings('sales-chart', known)
  expect(more).toEqual([])
  expect(finding).toMatchObject({
    code: 'name-resembles',
    severity: 'warning',
    message: 'The id sales-chart is easily taken for sales-charts, sale-chart, sales-charz.',
    path: 'manifest.json',
  })
})
