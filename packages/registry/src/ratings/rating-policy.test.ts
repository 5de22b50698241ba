import type { Role } from '@plexica/api'
import { describe, expect, test } from 'vitest'
import { anonymous, type KnownPrincipal } from '../auth/principal.ts'
import { deleteRefusal, isAuthor, raterOf, replyRefusal, voterOf } from './rating-policy.ts'

const person = (role: Role, tenantId: string | null, subject = 'ann'): KnownPrincipal => ({
  kind: 'key',
  keyId: 'k',
  subject,
  role,
  tenantId,
  expiresAt: null,
})
const ann = person('tenant-user', 'acme')
const root = person('super-admin', null, 'root')
const rating = { plugin_id: 'card', tenant_id: 'acme', subject: 'ann', hidden_at: null, hidden_reason: null }

test('a member whose tenant has the plugin rates it, about the version it has', () => {
  const facts = { owners: ['pia'], installed: '1.2.0' }
  expect(raterOf(ann, 'card', facts)).toEqual({ member: { tenantId: 'acme', subject: 'ann' }, version: '1.2.0' })
  expect(raterOf(ann, 'card', { ...facts, installed: undefined }).refused?.code).toBe('not_installed')
  expect(raterOf(person('tenant-admin', null), 'card', facts).refused?.code).toBe('not_installed')
  expect(raterOf(root, 'card', facts).refused?.code).toBe('not_allowed')
  expect(raterOf(anonymous, 'card', facts).refused?.code).toBe('key_missing')
})

test('an owner does not rate, whichever key they use', () => {
  const facts = { owners: ['pia', 'ann'], installed: '1.0.0' }
  expect(raterOf(ann, 'card', facts).refused?.code).toBe('own_plugin')
  expect(raterOf(person('publisher', null), 'card', facts).refused?.code).toBe('not_allowed')
  expect(voterOf(ann, { ...rating, subject: 'bob' }, facts.owners).refused?.code).toBe('own_plugin')
})

test('nobody votes on their own rating; the same name in another tenant is somebody else', () => {
  expect(voterOf(ann, rating, ['pia']).refused?.code).toBe('own_rating')
  expect(voterOf(person('tenant-user', 'globex'), rating, ['pia'])).toEqual({
    member: { tenantId: 'globex', subject: 'ann' },
  })
  expect(voterOf(person('tenant-user', null), rating, []).refused?.code).toBe('not_allowed')
  expect(isAuthor(person('super-admin', null), rating)).toBe(false)
  expect(isAuthor(anonymous, rating)).toBe(false)
})

describe('a rating is deleted', () => {
  test('by its author and super-admins', () => {
    expect(deleteRefusal(ann, rating)).toBeUndefined()
    expect(deleteRefusal(root, rating)).toBeUndefined()
    expect(deleteRefusal(person('tenant-admin', 'acme', 'ada'), rating)?.code).toBe('not_allowed')
    expect(deleteRefusal(person('tenant-user', 'globex'), rating)?.code).toBe('not_allowed')
  })

  test('not by its author while it is hidden', () => {
    const hidden = { ...rating, hidden_at: '2026-01-01T00:00:00.000Z', hidden_reason: 'Rude.' }
    expect(deleteRefusal(ann, hidden)).toEqual({
      code: 'rating_hidden',
      detail: 'A moderator has hidden this rating: Rude.',
    })
    expect(deleteRefusal(root, hidden)).toBeUndefined()
  })
})

test('only owners speak for the plugin; super-admins may only silence them', () => {
  const owner = person('publisher', null, 'pia')
  expect(replyRefusal(owner, 'write', 'card', ['pia'])).toBeUndefined()
  expect(replyRefusal(owner, 'delete', 'card', ['quinn'])?.code).toBe('not_owner')
  expect(replyRefusal(root, 'write', 'card', ['pia'])?.code).toBe('not_owner')
  expect(replyRefusal(root, 'delete', 'card', ['pia'])).toBeUndefined()
  expect(replyRefusal(ann, 'write', 'card', ['ann'])?.code).toBe('not_allowed')
})
