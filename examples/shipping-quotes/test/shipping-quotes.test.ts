import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import './load-tsx.ts'
import { questionOf } from '../src/cart.ts'
import { countryName, priceInWords, timeInWords } from '../src/delivery-format.ts'
import { stateOf } from '../src/use-quotes.ts'

const { ShippingQuotes } = await import('../src/index.tsx')

const plexica = { tenantId: 'acme', configuration: { countries: ['AT', 'DE'] }, request: async () => undefined }
const cart = { items: [{ quantity: 1, weightGrams: 700 }], subtotal: '39.90', currency: 'EUR' }

test('the panel asks for the address when the checkout does not know it', () => {
  const html = renderToString(createElement(ShippingQuotes, { plexica, cart }))
  assert.match(html, /<h2[^>]*>Delivery<\/h2>/)
  assert.match(html, /Postal code/)
  assert.match(html, /<option value="AT">[^<]+<\/option><option value="DE" selected="">/)
  assert.match(html, /Enter your postal code/)
})

test('the panel takes over the address of the checkout', () => {
  const html = renderToString(
    createElement(ShippingQuotes, { plexica, cart, destination: { country: 'AT', postalCode: '1010' } }),
  )
  assert.match(html, /To <!-- -->1010/)
  assert.doesNotMatch(html, /<form/)
})

test('an empty cart is said to be empty', () => {
  assert.match(renderToString(createElement(ShippingQuotes, { plexica })), /Your cart is empty/)
})

test('there is a question only when cart and address are there, and no more in it than needed', () => {
  const address = { country: 'DE', postalCode: ' 10115 ' }
  assert.equal(questionOf(undefined, address), undefined)
  assert.equal(questionOf({ ...cart, items: [] }, address), undefined)
  assert.equal(questionOf(cart, { ...address, postalCode: '1' }), undefined)
  const named = { quantity: 1, weightGrams: 700, name: 'A private thing' }
  assert.deepEqual(questionOf({ ...cart, items: [named] }, address), {
    destination: { country: 'DE', postalCode: '10115' },
    ...cart,
  })
})

test('answers of an unknown form and refusals are failures with a reason', () => {
  assert.deepEqual(stateOf({ quotes: [], notice: 'not-delivered' }), {
    status: 'answered',
    answer: { quotes: [], notice: 'not-delivered' },
  })
  for (const strange of [undefined, null, {}, { quotes: [{ price: 'free' }] }]) {
    assert.equal(stateOf(strange).status, 'failed')
  }
  const error = { code: 'other-currency', message: 'The cart is in USD.', fix: 'Choose it.', problems: [] }
  assert.deepEqual(stateOf({ error }), { status: 'failed', reason: 'The cart is in USD.' })
})

test('prices, times and countries in words', () => {
  assert.equal(priceInWords('0.00', 'EUR', 'en-GB'), 'Free')
  assert.equal(priceInWords('4.90', 'EUR', 'en-GB'), '€4.90')
  assert.equal(timeInWords({ minDays: 2, maxDays: 3 }), '2–3 working days')
  assert.equal(timeInWords({ minDays: 1, maxDays: 1 }), 'Next working day')
  assert.equal(timeInWords({ minDays: 4, maxDays: 4 }), '4 working days')
  assert.equal(countryName('DE', 'en'), 'Germany')
})
