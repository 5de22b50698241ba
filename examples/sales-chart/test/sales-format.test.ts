import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summarise } from '../src/sales.ts'
import { chartInWords, dayInWords, salesFormat } from '../src/sales-format.ts'
import { defaults, readSettings } from '../src/settings.ts'

const days = [
  { date: '2026-11-12', total: 1234.5, orders: 18 },
  { date: '2026-11-13', total: 80, orders: 1 },
]

test('money follows currency and language', () => {
  assert.equal(salesFormat('EUR', 'en-GB').money(1234.5), '€1,234.50')
  assert.equal(salesFormat('JPY', 'en-GB').money(1234.5), 'JP¥1,235')
  assert.match(salesFormat('EUR', 'de-DE').money(1234.5), /^1\.234,50\s€$/)
  assert.equal(salesFormat('USD', 'en-US').axis(1200), '$1.2K')
})

test('a date stays the same date in every time zone', () => {
  const zone = process.env.TZ
  try {
    for (const TZ of ['Pacific/Honolulu', 'Pacific/Auckland']) {
      process.env.TZ = TZ
      assert.equal(salesFormat('EUR', 'en-GB').fullDay('2026-11-12'), 'Thursday 12 November')
    }
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

test('the chart and its days can be told in words', () => {
  const format = salesFormat('EUR', 'en-GB')
  assert.equal(dayInWords({ date: '2026-11-13', total: 80, orders: 1 }, format), 'Friday 13 November: €80.00, 1 order')
  const words = chartInWords(days, summarise(days), format)
  assert.match(words, /^Bar chart of sales per day, 12.{1,3}13 Nov 2026\. Total €1,314\.50, 19 orders\./)
  assert.match(words, /Best day: Thursday 12 November: €1,234\.50, 18 orders\.$/)
})

test('settings are taken when they are usable and fall back one by one', () => {
  assert.deepEqual(readSettings({}), defaults)
  assert.deepEqual(readSettings({ currency: 'CHF', colour: '#AA0011', defaultRange: 90 }), {
    currency: 'CHF',
    colour: '#AA0011',
    defaultRange: 90,
  })
  assert.deepEqual(readSettings({ currency: 'francs', colour: 'url(https://example.com)', defaultRange: 31 }), defaults)
})
