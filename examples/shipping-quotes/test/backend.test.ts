import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '../src/backend.ts'

const request = {
  destination: { country: 'DE', postalCode: '10115' },
  items: [{ quantity: 2, weightGrams: 700 }],
  subtotal: '39.90',
  currency: 'EUR',
}
const live = { carrierApiKey: 'key-of-the-shop', carrierAccount: 'A-17', originPostalCode: '20095' }

interface Call {
  url: string
  init: RequestInit | undefined
}

/** Asks the route; `carrier` stands for the carrier's server. */
async function ask(
  configuration: Record<string, unknown>,
  input: unknown,
  carrier: () => Response | Promise<Response> = () => new Response(null, { status: 500 }),
) {
  const calls: Call[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    calls.push({ url: String(url), init })
    return carrier()
  }
  const { body } = await routes['POST /estimate']({ body: input }, { configuration, fetch })
  return { answer: body, calls }
}

const rate = { service: 'standard', name: 'Parcel', amount: '5.35', currency: 'EUR', minDays: 2, maxDays: 3 }

test('without a key the shop’s own prices are given and nobody is asked', async () => {
  const { answer, calls } = await ask({ freeFrom: 50 }, request)
  assert.equal(calls.length, 0)
  assert.deepEqual(answer, {
    quotes: [
      { id: 'standard', name: 'Standard', price: '5.30', currency: 'EUR', minDays: 2, maxDays: 3, source: 'fixed' },
      { id: 'express', name: 'Express', price: '11.30', currency: 'EUR', minDays: 1, maxDays: 1, source: 'fixed' },
    ],
    missingForFree: '10.10',
  })
})

test('with a key the carrier’s prices are given, and the key goes to the carrier alone', async () => {
  const { answer, calls } = await ask(live, request, () =>
    Response.json({ rates: [rate, { ...rate, currency: 'USD' }] }),
  )
  assert.deepEqual(answer, {
    quotes: [
      { id: 'standard', name: 'Parcel', price: '5.35', currency: 'EUR', minDays: 2, maxDays: 3, source: 'carrier' },
    ],
  })
  assert.equal(calls.length, 1)
  assert.equal(calls[0]?.url, 'https://api.carrier.example/v2/rates')
  assert.equal(new Headers(calls[0]?.init?.headers).get('authorization'), 'Bearer key-of-the-shop')
  assert.deepEqual(JSON.parse(String(calls[0]?.init?.body)), {
    account: 'A-17',
    from: { country: 'DE', postalCode: '20095' },
    to: { country: 'DE', postalCode: '10115' },
    parcels: [{ weightGrams: 1_500 }],
  })
  assert.doesNotMatch(JSON.stringify(answer), /key-of-the-shop/)
})

test('a carrier that is away, refuses or talks nonsense costs no order', async () => {
  for (const carrier of [
    () => Promise.reject(new TypeError('fetch failed')),
    () => new Response('nope', { status: 401 }),
    () => new Response('<html>'),
    () => Response.json({ rates: [{ ...rate, amount: '-1' }] }),
    () => Response.json({ rates: [] }),
    () => Response.json(null),
  ]) {
    const { answer } = await ask(live, request, carrier)
    assert.ok('quotes' in answer)
    assert.equal(answer.notice, 'carrier-unavailable')
    assert.deepEqual(
      answer.quotes.map(({ source }) => source),
      ['fixed', 'fixed'],
    )
    assert.doesNotMatch(JSON.stringify(answer), /key-of-the-shop/)
  }
})

test('an address or a weight that is not served is said before the carrier is asked', async () => {
  const abroad = { ...request, destination: { country: 'JP', postalCode: '100-0001' } }
  assert.deepEqual(await ask(live, abroad), { answer: { quotes: [], notice: 'not-delivered' }, calls: [] })
  const piano = { ...request, items: [{ quantity: 1, weightGrams: 250_000 }] }
  assert.deepEqual(await ask(live, piano), { answer: { quotes: [], notice: 'too-heavy' }, calls: [] })
})

test('bad input is an answer, never a crash', async () => {
  for (const input of [undefined, null, 'DE', [], { ...request, items: 'all' }, { ...request, subtotal: '1e9' }]) {
    const { answer, calls } = await ask(live, input)
    assert.equal(calls.length, 0)
    assert.ok('error' in answer)
    assert.equal(answer.error.code, 'invalid-request')
    assert.ok(answer.error.problems.length > 0)
  }
  const { answer } = await ask(live, { ...request, currency: 'USD' })
  assert.ok('error' in answer)
  assert.equal(answer.error.code, 'other-currency')
})
