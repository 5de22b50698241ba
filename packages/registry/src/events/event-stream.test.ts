import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventRow } from '../db/tables.ts'
import { EventStream } from './event-stream.ts'
import type { Waker } from './waker.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const row = (number: number): EventRow => ({
  number,
  type: 'version.yanked',
  actor: 'ann',
  happened_at: '2026-01-01T00:00:00.000Z',
  plugin_id: 'ledger',
  version: '1.0.0',
  tenant_id: null,
  data: JSON.stringify({ reason: 'x'.repeat(1_000) }),
})

test('a client that takes nothing is disconnected, and little is read for it', async () => {
  let given = 0
  const end = vi.fn()
  const stream = new EventStream({
    after: 0,
    waker: { end, next: async () => undefined } as unknown as Waker,
    isOver: () => false,
    last: async () => 1_000_000,
    read: async (after, take) => {
      given = after + take
      return Array.from({ length: take }, (_, at) => row(after + 1 + at))
    },
    check: async () => undefined,
    onFailure: () => undefined,
  })
  await vi.advanceTimersByTimeAsync(29_000)
  expect(stream.destroyed).toBe(false)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(stream.destroyed).toBe(true)
  expect(given).toBe(100)
  expect(stream.readableLength).toBeLessThan(20_000)
  expect(end).toHaveBeenCalled()
})
