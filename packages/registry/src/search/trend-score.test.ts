import { expect, test } from 'vitest'
import { trendDays, trendScore } from './trend-score.ts'

const score = (recent: number, perWeek: number) => trendScore({ recent, before: perWeek * 8 })

test('what is installed as ever has 1, more is above and less below', () => {
  for (const perWeek of [0, 1, 50, 10_000]) {
    expect(score(perWeek, perWeek)).toBe(1)
    expect(score(perWeek + 1, perWeek)).toBeGreaterThan(1)
    expect(score(perWeek, perWeek + 1)).toBeLessThan(1)
  }
})

test('one install against none does not win', () => {
  expect(score(1, 0)).toBeLessThan(score(20, 10))
  expect(score(1, 0)).toBeLessThan(score(12, 9))
  expect(score(30, 0)).toBeGreaterThan(score(30, 20))
})

test('seven days are recent, and the 56 before them usual', () => {
  expect(trendDays(new Date('2026-03-10T23:59:59.999Z'))).toEqual({
    before: '2026-01-07',
    recent: '2026-03-04',
    today: '2026-03-10',
  })
  const days = (Date.parse('2026-03-04') - Date.parse('2026-01-07')) / 86_400_000
  expect(days).toBe(56)
})
