import assert from 'node:assert/strict'
import { test } from 'node:test'
import Big from 'big.js'
import { missingForFree, priceRates } from '../src/estimate.ts'
import { fixedRates, zoneOf } from '../src/fixed-rates.ts'
import { money } from '../src/money.ts'
import { billableGrams, packParcels } from '../src/parcels.ts'
import { readRequest } from '../src/quote-request.ts'
import { readSettings } from '../src/settings.ts'

const settings = readSettings({})

test('a light thing in a large box counts as what its room would weigh', () => {
  const pillow = { quantity: 1, weightGrams: 400, size: { lengthMm: 500, widthMm: 400, heightMm: 200 } }
  assert.equal(billableGrams(pillow), 8_000)
  assert.equal(billableGrams({ ...pillow, weightGrams: 9_000 }), 9_000)
  assert.equal(billableGrams({ quantity: 1, weightGrams: 400 }), 400)
})

test('parcels are even, weigh at most 30 kg and are rounded up to half a kilogram', () => {
  assert.deepEqual(packParcels([{ quantity: 3, weightGrams: 400 }]), [1_500])
  assert.deepEqual(packParcels([{ quantity: 1, weightGrams: 0 }]), [500])
  assert.deepEqual(packParcels([{ quantity: 5, weightGrams: 13_000 }]), [22_000, 22_000, 22_000])
  assert.deepEqual(packParcels([{ quantity: 1, weightGrams: 30_000 }]), [30_000])
  assert.equal(packParcels([{ quantity: 1, weightGrams: 30_001 }]), 'too-heavy')
})

test('zones: at home, within the customs union, everywhere else', () => {
  assert.equal(zoneOf('DE', 'DE'), 'domestic')
  assert.equal(zoneOf('DE', 'AT'), 'near')
  assert.equal(zoneOf('DE', 'CH'), 'far')
  assert.equal(zoneOf('US', 'CA'), 'far')
})

test('fixed prices: first kilogram, further ones, parcels and distance', () => {
  const price = (parcels: number[], country: string) =>
    fixedRates(parcels, country, settings).map(({ id, amount }) => [id, amount.toFixed(2)])
  assert.deepEqual(price([500], 'DE'), [
    ['standard', '4.90'],
    ['express', '10.90'],
  ])
  assert.deepEqual(price([3_500], 'DE'), [
    ['standard', '6.90'],
    ['express', '12.90'],
  ])
  assert.deepEqual(price([2_000, 2_000], 'AT'), [
    ['standard', '22.80'],
    ['express', '46.80'],
  ])
})

test('the packing fee is added, the cheapest comes first, cents are never lost', () => {
  const rates = [
    { id: 'express', name: 'Express', amount: new Big('10.1'), minDays: 1, maxDays: 1 },
    { id: 'standard', name: 'Standard', amount: new Big('0.1'), minDays: 2, maxDays: 3 },
  ]
  const quotes = priceRates(rates, 'carrier', '10', { ...settings, handlingFee: 0.2 })
  assert.deepEqual(
    quotes.map(({ id, price, currency, source }) => [id, price, currency, source]),
    [
      ['standard', '0.30', 'EUR', 'carrier'],
      ['express', '10.30', 'EUR', 'carrier'],
    ],
  )
})

test('standard is free from exactly the configured subtotal on, and the way there is told', () => {
  const generous = { ...settings, freeFrom: 50, handlingFee: 2 }
  const rates = fixedRates([1_000], 'DE', generous)
  const at = (subtotal: string) => priceRates(rates, 'fixed', subtotal, generous)
  assert.deepEqual(
    at('50').map(({ price }) => price),
    ['0.00', '12.90'],
  )
  assert.equal(at('49.99')[0]?.price, '6.90')
  assert.equal(missingForFree(at('39.90'), '39.90', generous), '10.10')
  assert.equal(missingForFree(at('50'), '50', generous), undefined)
  assert.equal(missingForFree(at('1'), '1', settings), undefined)
  assert.equal(missingForFree([], '1', generous), undefined)
})

test('money is rounded half up to the decimals of its currency', () => {
  assert.equal(money(new Big('4.905'), 'EUR'), '4.91')
  assert.equal(money(new Big('4.5'), 'JPY'), '5')
  assert.equal(money(new Big('1.0005'), 'KWD'), '1.001')
})

test('everything that is wrong with a request is told at once', () => {
  const read = readRequest({
    destination: { country: 'Germany', postalCode: '' },
    items: [{ quantity: 1.5, weightGrams: -1 }],
    subtotal: 49.9,
  })
  assert.ok('problems' in read)
  assert.deepEqual(read.problems.map(({ path }) => path).sort(), [
    'currency',
    'destination.country',
    'destination.postalCode',
    'items.0.quantity',
    'items.0.weightGrams',
    'subtotal',
  ])
  for (const { message } of read.problems) assert.match(message, /^(must|is missing)/)
})

test('country and postal code are read as people type them', () => {
  const read = readRequest({
    destination: { country: ' gb', postalCode: 'sw1a 1aa ' },
    items: [{ quantity: 1, weightGrams: 1 }],
    subtotal: '1',
    currency: 'GBP',
  })
  assert.ok('request' in read)
  assert.deepEqual(read.request.destination, { country: 'GB', postalCode: 'SW1A 1AA' })
})

test('an unusable setting falls back alone', () => {
  const read = readSettings({ currency: 'euros', firstKilogram: -3, furtherKilogram: 1.5, countries: [] })
  assert.equal(read.currency, 'EUR')
  assert.equal(read.firstKilogram, 4.9)
  assert.equal(read.furtherKilogram, 1.5)
  assert.ok(read.countries.includes('DE'))
})
