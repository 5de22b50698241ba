import { describe, expect, test } from 'vitest'
import { isLongFailure, nextAttempt, urlFindings, webhookAccess } from './webhook-rules.ts'

const at = '2026-01-01T00:00:00.000Z'
const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1_000)

test('waits longer after each attempt, and gives up within a day', () => {
  const waits: number[] = []
  let now = later(0)
  for (let attempts = 1; ; attempts++) {
    const next = nextAttempt({ attempts, createdAt: at }, now, 0.5)
    if (!next) break
    waits.push((next.getTime() - now.getTime()) / 1_000)
    now = next
  }
  expect(waits).toEqual([5, 20, 80, 320, 1_280, 5_120, 20_480, 21_600, 21_600])
  expect(now <= later(86_400)).toBe(true)
})

test('spreads what failed at the same moment', () => {
  const first = { attempts: 1, createdAt: at }
  expect([0, 1].map((random) => nextAttempt(first, later(0), random))).toEqual([later(4), later(6)])
})

test('fails for long after three days', () => {
  expect([null, at].map((since) => isLongFailure(since, later(3 * 86_400 + 1)))).toEqual([false, true])
  expect(isLongFailure(at, later(3 * 86_400))).toBe(false)
})

test('is for super-admins, publishers and admins of a tenant', () => {
  const principal = { kind: 'key', keyId: 'k', subject: 'ann', tenantId: 'acme', expiresAt: null } as const
  const access = (['super-admin', 'publisher', 'tenant-admin', 'tenant-user'] as const).map((role) =>
    webhookAccess({ ...principal, role }),
  )
  expect(access).toEqual([
    { scope: 'everything' },
    { scope: 'plugins', subject: 'ann' },
    { scope: 'tenant', tenantId: 'acme' },
    undefined,
  ])
})

describe('an address', () => {
  test.each(['https://hooks.example.com/x?y=1', 'http://8.8.8.8:8080/', 'https://[2606:4700::1]/'])(
    '%s is taken',
    (url) => expect(urlFindings(url, false)).toEqual([]),
  )

  test.each([
    'ftp://hooks.example.com/',
    'hooks.example.com',
    'https://ann:secret@hooks.example.com/',
    'https://hooks.example.com/#x',
    'http://127.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
  ])('%s is not', (url) => expect(urlFindings(url, false)).toMatchObject([{ path: 'body.url', severity: 'error' }]))

  test('of a private network is taken where that is allowed', () => {
    expect(urlFindings('http://127.0.0.1/', true)).toEqual([])
    expect(urlFindings('ftp://127.0.0.1/', true)).toHaveLength(1)
  })
})
