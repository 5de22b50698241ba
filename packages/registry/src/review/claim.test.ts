import { expect, test } from 'vitest'
import { claimOf } from './claim.ts'

const at = '2026-01-01T12:00:00.000Z'
const until = '2026-01-01T12:30:00.000Z'
const held = { state: 'pending_review', claimed_by: 'sue', claimed_at: at }

test.each([
  ['at once', held, at, true],
  ['a moment before it ends', held, '2026-01-01T12:29:59.999Z', true],
  ['when it ends', held, until, false],
  ['days later', held, '2026-01-03T12:00:00.000Z', false],
  ['of nobody', { ...held, claimed_by: null, claimed_at: null }, at, false],
  ['of what was approved', { ...held, state: 'approved' }, at, false],
  ['of what was rejected', { ...held, state: 'rejected' }, at, false],
  ['of what was replaced', { ...held, state: 'replaced' }, at, false],
] as const)('a claim %s', (_name, row, now, holds) => {
  expect(claimOf(row, new Date(now))).toEqual(holds ? { by: 'sue', at, until } : null)
})
