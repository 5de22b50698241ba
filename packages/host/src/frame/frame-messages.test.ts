import { describe, expect, test } from 'vitest'
import { mostCharacters, mostHeight, readNews, readOrder, readReport } from './frame-messages.ts'

const report = (said: unknown) => readReport(JSON.stringify(said))

describe('a report', () => {
  test.each([
    [{ type: 'alive' }],
    [{ type: 'rendered', height: 120 }],
    [{ type: 'failed', code: 'render_failed', message: 'no luck' }],
    [{ type: 'threw', message: 'no luck' }],
    [{ type: 'request', id: 7, permission: 'orders:read', input: { days: 7 } }],
  ])('%j is read', (said) => {
    expect(report(said)).toEqual(said)
  })

  test('keeps nothing that it does not need, and little of what is long', () => {
    expect(report({ type: 'alive', more: 1, __proto__: { evil: 1 } })).toEqual({ type: 'alive' })
    expect(report({ type: 'rendered', height: 1e9 })).toEqual({ type: 'rendered', height: mostHeight })
    expect(report({ type: 'threw', message: 'x'.repeat(5_000) })).toMatchObject({ message: 'x'.repeat(1_000) })
  })

  test.each([
    [null],
    [[]],
    ['alive'],
    [{}],
    [{ type: 'constructor' }],
    [{ type: ['alive'] }],
    [{ type: 'rendered' }],
    [{ type: 'rendered', height: -1 }],
    [{ type: 'rendered', height: '100' }],
    [{ type: 'rendered', height: { valueOf: 1 } }],
    [{ type: 'failed', code: 'permission_not_granted', message: '' }],
    [{ type: 'failed', code: '__proto__', message: '' }],
    [{ type: 'failed', code: 'render_failed', message: { toString: 1 } }],
    [{ type: 'request', id: 1.5, permission: 'orders:read' }],
    [{ type: 'request', id: 2 ** 60, permission: 'orders:read' }],
    [{ type: 'request', id: 1, permission: ['orders:read'] }],
    [{ type: 'request', id: 1, permission: 'x'.repeat(1_001) }],
    [{ type: 'answer', id: 1 }],
  ])('%j is none', (said) => {
    expect(report(said)).toBeUndefined()
  })

  test.each([
    [{ type: 'alive' }],
    [new String('{"type":"alive"}')],
    ['{'],
    [''],
    [undefined],
    [7n],
    [new ArrayBuffer(8)],
  ])('what is no JSON text is none', (message) => {
    expect(readReport(message)).toBeUndefined()
  })

  test('what is too long is not read', () => {
    const said = (length: number) => JSON.stringify({ type: 'threw', message: 'x'.repeat(length) })
    expect(readReport(said(mostCharacters - 100))).toBeDefined()
    expect(readReport(said(mostCharacters))).toBeUndefined()
  })
})

const order = {
  type: 'order',
  scripts: { 'https://plugins.example.com/bundle.js': 'export {}' },
  entry: 'https://plugins.example.com/bundle.js',
  exportName: 'Card',
  props: { text: 'Hello' },
  tenantId: 'acme',
  configuration: {},
}

test('an order is read, and nothing that only looks like one', () => {
  expect(readOrder({ ...order, more: 1 })).toEqual(order)
  for (const wrong of [
    { ...order, type: 'update' },
    { ...order, scripts: { a: 1 } },
    { ...order, scripts: [] },
    { ...order, entry: undefined },
    { ...order, props: null },
    { ...order, configuration: 'none' },
    null,
    'order',
  ]) {
    expect(readOrder(wrong)).toBeUndefined()
  }
})

test('news are read, and nothing that only looks like them', () => {
  for (const news of [
    { type: 'update', props: {}, configuration: { shop: 'ours' } },
    { type: 'answer', id: 1, answer: undefined },
    { type: 'refused', id: 1, code: 'permission_not_granted', message: 'No.' },
    { type: 'refused', id: 1, code: null, message: 'No.' },
  ]) {
    expect(readNews(news)).toEqual(news)
  }
  expect(readNews({ type: 'refused', id: 1, code: 'toString', message: 'No.' })).toMatchObject({ code: null })
  for (const wrong of [
    { type: 'update', props: {} },
    { type: 'answer', id: '1' },
    { type: 'refused', id: 1 },
    7,
    null,
  ]) {
    expect(readNews(wrong)).toBeUndefined()
  }
})
