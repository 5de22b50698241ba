import type { PluginReport } from '@plexica/api'
import { describe, expect, test } from 'vitest'
import { boundErrors, errorRows, mostErrors, otherErrors, timeRows } from './telemetry-batch.ts'

const telling = { tenantId: 'acme', day: '2026-01-31', at: '2026-01-31T12:00:00.000Z' }
const report = (more: Partial<PluginReport>): PluginReport => ({
  pluginId: 'quotes',
  version: '1.0.0',
  variant: 'a',
  ...more,
})
const failing = (errors: NonNullable<PluginReport['errors']>) => errorRows(telling, [report({ errors })])
const some = (count: number, error: (n: number) => NonNullable<PluginReport['errors']>[number]) =>
  failing(Array.from({ length: count }, (_, n) => error(n)))

test('times of one kind stand together, by their buckets', () => {
  const rows = timeRows(telling, [
    report({ loads: [0.5, 400, 401], renders: [0.9] }),
    report({ loads: [0.7] }),
    report({ variant: 'b', loads: [0.5] }),
  ])
  expect(rows.map(({ variant, measure, bucket, count }) => [variant, measure, bucket, count])).toEqual([
    ['a', 'load', 0, 2],
    ['a', 'load', 11, 2],
    ['a', 'render', 0, 1],
    ['b', 'load', 0, 1],
  ])
})

describe('errors', () => {
  test('of one kind stand together, with the last message', () => {
    const rows = failing([
      { code: 'render_failed', component: 'Card', message: 'first' },
      { code: 'render_failed', component: 'Card', message: 'last' },
      { code: 'render_failed', message: 'nowhere' },
    ])
    expect(rows.map(({ code, component, count, message }) => [code, component, count, message])).toEqual([
      ['render_failed', '', 1, 'nowhere'],
      ['render_failed', 'Card', 2, 'last'],
    ])
  })

  test('name components only as manifests can', () => {
    const names = ['Card', 'card', 'Card<script>', 'Visa 4111 1111', '']
    const rows = names.flatMap((component) => failing([{ code: 'render_failed', component, message: '' }]))
    expect(rows.map(({ component }) => component)).toEqual(['Card', '', '', '', ''])
  })

  test('keep messages without what moves a cursor or turns a line around', () => {
    const message = ' a\u0000\u001b[2Jb\r\nc\u202ed\u2028e\ud800f\u200b '
    expect(failing([{ code: 'bundle_threw', message }])[0]?.message).toBe('a [2Jb c d e f')
  })
})

describe('of different errors', () => {
  test('those are kept apart for which there is room, the others under their code', () => {
    const rows = some(60, (n) => ({ code: 'render_failed', component: `Card${n}`, message: `${n}` }))
    const bounded = boundErrors(rows, [])
    expect(bounded.filter(({ component }) => component !== '')).toHaveLength(mostErrors.named)
    expect(bounded.filter(({ component }) => component === '')).toMatchObject([{ code: 'render_failed', count: 10 }])
  })

  test('those that stand in the table already are counted there', () => {
    const rows = some(60, (n) => ({ code: 'render_failed', component: `Card${n}`, message: '' }))
    const known = boundErrors(rows, [])
    const again = boundErrors(rows, known)
    expect(again.map(({ component, count }) => [component, count])).toEqual(
      known.map(({ component, count }) => [component, count]),
    )
  })

  test('codes that strangers invent take no more rows than there are', () => {
    const codes = (from: number) =>
      some(80, (n) => ({ code: `code_${'x'.repeat((from + n) % 40)}${'y'.repeat((from + n) / 40)}`, message: '' }))
    const first = boundErrors(codes(0), [])
    const second = boundErrors(codes(80), first)
    const all = new Set([...first, ...second].map(({ code }) => code))
    expect(all.size).toBe(mostErrors.all + 1)
    expect(second.find(({ code }) => code === otherErrors)?.count).toBe(60)
  })

  test('each plugin has room of its own', () => {
    const rows = some(60, (n) => ({ code: 'render_failed', component: `Card${n}`, message: '' }))
    const others = rows.map((row) => ({ ...row, plugin_id: 'other' }))
    const bounded = boundErrors([...rows, ...others], [])
    expect(bounded.filter(({ plugin_id }) => plugin_id === 'other')).toHaveLength(mostErrors.named + 1)
  })
})
