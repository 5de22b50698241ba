import { keyPermissions, roles } from '@plexica/api'
import { describe, expect, test } from 'vitest'
import { manageRefusal, newKeyRefusal, permissionsOf, publishRefusal, refusal, seesDrafts } from './policy.ts'
import { anonymous, type KnownPrincipal, type Reach } from './principal.ts'

const person = (role: KnownPrincipal['role'], tenantId: string | null = null): KnownPrincipal => ({
  kind: 'key',
  keyId: 'k',
  subject: 'ann',
  role,
  tenantId,
  expiresAt: null,
})

describe('refusal', () => {
  test('names the permission to those without a key and the role to the others', () => {
    expect(refusal(anonymous, 'review:decide')).toEqual({
      code: 'key_missing',
      detail: 'This needs a key (review:decide).',
    })
    expect(refusal(person('publisher'), 'review:decide')).toEqual({
      code: 'not_allowed',
      detail: 'This needs the role super-admin; your key has publisher.',
    })
  })

  test('a super-admin belongs to every tenant, others to their own', () => {
    expect(refusal(person('super-admin'), 'installation:manage', 'acme')).toBeUndefined()
    expect(refusal(person('tenant-admin', 'acme'), 'installation:manage', 'acme')).toBeUndefined()
    expect(refusal(person('tenant-admin', 'acme'), 'installation:read', 'globex')?.code).toBe('tenant_not_found')
    expect(refusal(person('tenant-user', 'acme'), 'installation:manage', 'acme')?.code).toBe('not_allowed')
  })
})

test('the permissions of somebody are those that no route refuses them', () => {
  for (const role of roles) {
    const some = person(role, 'acme')
    const given = keyPermissions.filter((permission) => !refusal(some, permission, 'acme'))
    expect(permissionsOf(some)).toEqual(given)
    expect(given.length).toBeGreaterThan(0)
  }
  const narrowed = { ...person('publisher'), reach: { permissions: ['plugin:publish', 'review:decide'] } as Reach }
  expect(permissionsOf(narrowed)).toEqual(['plugin:publish'])
})

test('only owners and super-admins publish versions of a plugin and see its drafts; a free id is anybody’s', () => {
  expect(publishRefusal(person('publisher'), 'card', [])).toBeUndefined()
  expect(publishRefusal(person('publisher'), 'card', ['bob', 'ann'])).toBeUndefined()
  expect(publishRefusal(person('publisher'), 'card', ['bob'])?.code).toBe('not_owner')
  expect(publishRefusal(person('super-admin'), 'card', ['bob'])).toBeUndefined()
  expect(publishRefusal(person('tenant-admin', 'acme'), 'card', ['ann'])?.code).toBe('not_allowed')
  expect(publishRefusal(anonymous, 'card', [])?.code).toBe('key_missing')
  expect(seesDrafts(anonymous, [])).toBe(false)
  expect(seesDrafts(person('tenant-admin', 'acme'), ['ann'])).toBe(false)
})

test('owners and super-admins manage a plugin, nobody else', () => {
  expect(manageRefusal(person('publisher'), 'card', ['bob', 'ann'])).toBeUndefined()
  expect(manageRefusal(person('super-admin'), 'card', ['bob'])).toBeUndefined()
  expect(manageRefusal(person('publisher'), 'card', ['bob'])?.code).toBe('not_owner')
  expect(manageRefusal(person('tenant-admin', 'acme'), 'card', ['ann'])?.code).toBe('not_allowed')
  expect(manageRefusal(anonymous, 'card', ['ann'])?.code).toBe('key_missing')
})

test('a key that a key makes reaches and lasts no further than its maker', () => {
  const until = (expiresAt: string | null) => ({ ...person('tenant-admin', 'acme'), expiresAt })
  const wanted = { subject: 'ann', role: 'tenant-user', tenantId: 'acme' } as const
  const limit = '2030-01-01T00:00:00.000Z'
  expect(newKeyRefusal(until(null), wanted)).toBeUndefined()
  expect(newKeyRefusal(until(limit), wanted)?.detail).toContain('has to expire by then too')
  expect(newKeyRefusal(until(limit), { ...wanted, expiresAt: '2030-01-01T01:00:00+01:00' })).toBeUndefined()
  expect(newKeyRefusal(until(limit), { ...wanted, expiresAt: '2030-01-01T01:00:00Z' })?.code).toBe('not_allowed')
  expect(newKeyRefusal(until(null), { ...wanted, subject: 'bob' })?.detail).toContain('for yourself (ann) only')
  expect(newKeyRefusal(until(null), { ...wanted, tenantId: 'globex' })?.detail).toContain('the tenant acme only')
  expect(newKeyRefusal(person('super-admin'), { subject: 'bob', role: 'super-admin' })).toBeUndefined()
})

describe('a narrowed key', () => {
  const narrowed = (reach: Reach): KnownPrincipal => ({ ...person('publisher'), reach })

  test('sees drafts of its plugins alone, and of none where nobody says which', () => {
    const key = narrowed({ plugins: ['card'] })
    expect(seesDrafts(key, ['ann'], 'card')).toBe(true)
    expect(seesDrafts(key, ['ann'], 'other')).toBe(false)
    expect(seesDrafts(key, ['ann'])).toBe(false)
    expect(seesDrafts(narrowed({ permissions: ['plugin:publish'] }), ['ann'], 'card')).toBe(false)
    expect(seesDrafts(narrowed({ permissions: ['plugin:read-drafts'] }), ['ann'])).toBe(true)
  })

  test('of a trusted pipeline publishes what it does not own, never a free id, and manages nothing', () => {
    const pipeline = { ...narrowed({ plugins: ['card'], trusted: true }), subject: 'oidc:ci/acme' }
    expect(publishRefusal(pipeline, 'card', ['bob'])).toBeUndefined()
    expect(publishRefusal(pipeline, 'card', [])?.code).toBe('not_owner')
    expect(publishRefusal(pipeline, 'other', ['bob'])?.code).toBe('key_scope')
    expect(manageRefusal(pipeline, 'card', ['bob'])?.code).toBe('not_owner')
    expect(seesDrafts(pipeline, ['bob'], 'card')).toBe(true)
  })

  test('without plugins is never trusted', () => {
    expect(publishRefusal(narrowed({ trusted: true }), 'card', ['bob'])?.code).toBe('not_owner')
  })
})

test('who came with a token makes keys that outlast it', () => {
  const token = { ...person('publisher'), keyId: null, expiresAt: '2030-01-01T00:00:00.000Z' }
  expect(newKeyRefusal(token, { subject: 'ann', role: 'publisher' })).toBeUndefined()
})
