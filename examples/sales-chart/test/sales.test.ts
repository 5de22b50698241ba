import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyDay, movingAverage, readSales, summarise } from '../src/sales.ts'

const day = (date: string, total: number, orders = 1) => ({ date, total, orders })

test('an answer is read day by day, and nothing but the known keys is kept', () => {
  assert.deepEqual(readSales([{ date: '2026-03-01', total: 12.5, orders: 2, secret: 'x' }]), [
    day('2026-03-01', 12.5, 2),
  ])
  assert.deepEqual(readSales([]), [])
})

test('a bad answer is refused with a sentence that names the place', () => {
  assert.throws(() => readSales({ error: 'no' }), /did not answer with a list of days/)
  assert.throws(() => readSales(null), TypeError)
  for (const bad of [
    null,
    {},
    day('1 March', 1),
    day('2026-13-45', 1),
    day('2026-02-30', 1),
    day('2026-03-01', Number.NaN),
    { ...day('2026-03-01', 1), orders: '3' },
  ]) {
    assert.throws(() => readSales([day('2026-03-01', 1), bad]), /Day 2 of the platform's answer/)
  }
})

test('days without a sale become zero, days are sorted and those of one date added up', () => {
  assert.deepEqual(everyDay([day('2026-03-02', 5), day('2026-02-27', 1), day('2026-03-02', 7, 2)], 30), [
    day('2026-02-27', 1),
    day('2026-02-28', 0, 0),
    day('2026-03-01', 0, 0),
    day('2026-03-02', 12, 3),
  ])
  assert.deepEqual(everyDay([], 30), [])
})

test('one wrong date does not make a million bars: the last days win', () => {
  const days = everyDay([day('0001-01-01', 9), day('2026-03-29', 1), day('2026-03-30', 2)], 7)
  assert.equal(days.length, 7)
  assert.deepEqual([days[0]?.date, days.at(-1)?.date], ['2026-03-24', '2026-03-30'])
})

test('the change to summer time neither drops nor doubles a day', () => {
  const dates = everyDay([day('2026-03-27', 1), day('2026-03-31', 1)], 30).map(({ date }) => date)
  assert.deepEqual(dates, ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'])
})

test('the summary adds up and names the latest of the best days', () => {
  assert.deepEqual(summarise([day('2026-03-01', 30, 2), day('2026-03-02', 10, 2), day('2026-03-03', 30, 1)]), {
    total: 70,
    orders: 5,
    averageOrder: 14,
    best: day('2026-03-03', 30, 1),
  })
})

test('without a sale there is no best day and no division by zero', () => {
  assert.deepEqual(summarise([day('2026-03-01', 0, 0)]), { total: 0, orders: 0, averageOrder: 0 })
})

test('the average begins when its window is full', () => {
  assert.deepEqual(movingAverage([2, 4, 6, 8], 3), [null, null, 4, 6])
  assert.deepEqual(movingAverage([1], 3), [null])
})
