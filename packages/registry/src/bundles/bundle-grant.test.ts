import { expect, test } from 'vitest'
import { type BundleGrant, expiryAt, readGrant, signGrant } from './bundle-grant.ts'

const key = Buffer.alloc(32, 1)
const grant: BundleGrant = { pluginId: 'card', version: '1.0.0-beta.1', tenantId: 'acme', expires: 1_800_000_000 }

test.each<[string, BundleGrant]>([
  ['a tenant', grant],
  ['no tenant', { ...grant, tenantId: null }],
])('what was signed for %s is read again', (_who, signed) => {
  expect(readGrant(key, signGrant(key, signed), signed)).toEqual(signed)
})

test.each<[string, Partial<BundleGrant>]>([
  ['another plugin', { pluginId: 'card-2' }],
  ['another version', { version: '1.0.0-beta.2' }],
])('what was signed for %s is not', (_what, other) => {
  expect(readGrant(key, signGrant(key, { ...grant, ...other }), grant)).toBeUndefined()
})

test.each([
  ['another time', (text: string) => text.replace('1800000000', '1800000001')],
  ['another tenant', (text: string) => text.replace('acme', 'globex')],
  ['a shorter signature', (text: string) => text.slice(0, -1)],
  ['none', (text: string) => text.slice(0, text.lastIndexOf('.') + 1)],
  ['nothing at all', () => ''],
])('%s is not what was signed', (_what, changed) => {
  expect(readGrant(key, changed(signGrant(key, grant)), grant)).toBeUndefined()
})

test('another key signs otherwise', () => {
  expect(readGrant(Buffer.alloc(32, 2), signGrant(key, grant), grant)).toBeUndefined()
})

test.each([
  ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'],
  ['2026-06-01T11:59:59.999Z', '2026-06-02T00:00:00.000Z'],
  ['2026-06-01T12:00:00.000Z', '2026-06-02T12:00:00.000Z'],
])('an address made at %s ends at %s', (now, end) => {
  expect(new Date(expiryAt(new Date(now)) * 1000).toISOString()).toBe(end)
})
