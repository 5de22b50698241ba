import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HostError } from './host-errors.ts'
import { loadPatiently } from './load-patiently.ts'

const unreachable = new HostError('bundle_unreachable', 'gone')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function failing(times: number, reason: Error = unreachable) {
  const load = vi.fn(async () => {
    if (load.mock.calls.length <= times) throw reason
    return 'the bundle'
  })
  return load
}

test.each([
  [0, 1],
  [1, 2],
  [2, 3],
])('what fails %i times is there after %i tries', async (failures, tries) => {
  const load = failing(failures)
  const loaded = loadPatiently(load, () => true)
  await vi.runAllTimersAsync()
  expect(await loaded).toBe('the bundle')
  expect(load).toHaveBeenCalledTimes(tries)
})

test('after three tries it is given up', async () => {
  const load = failing(3)
  const given = expect(loadPatiently(load, () => true)).rejects.toBe(unreachable)
  await vi.runAllTimersAsync()
  await given
  expect(load).toHaveBeenCalledTimes(3)
})

test.each(['bundle_timeout', 'integrity_mismatch', 'bundle_threw'] as const)('%s is final', async (code) => {
  const load = failing(1, new HostError(code, 'no'))
  await expect(loadPatiently(load, () => true)).rejects.toMatchObject({ code })
  expect(load).toHaveBeenCalledTimes(1)
})

test('what nobody wants any more is not asked for again', async () => {
  const load = failing(1)
  const given = expect(loadPatiently(load, () => false)).rejects.toBe(unreachable)
  await vi.runAllTimersAsync()
  await given
  expect(load).toHaveBeenCalledTimes(1)
})
