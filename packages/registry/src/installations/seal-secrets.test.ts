import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSecret, sealSecret, secretKeyId } from './seal-secrets.ts'

const key = randomBytes(32)
const place = { tenantId: 'acme', pluginId: 'shipping-quotes', name: 'apiKey' }

test('a sealed value opens in its place and shows nothing of itself', () => {
  const sealed = sealSecret(key, place, 'grüße, geheim')
  expect(openSecret([key], place, sealed)).toBe('grüße, geheim')
  expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]+$/)
  expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes('geheim')).toBe(false)
  expect(openSecret([key], place, sealSecret(key, place, ''))).toBe('')
})

test('the same value never looks the same twice', () => {
  expect(sealSecret(key, place, 'same')).not.toBe(sealSecret(key, place, 'same'))
})

test.each([
  ['another tenant', { ...place, tenantId: 'globex' }],
  ['another plugin', { ...place, pluginId: 'sales-chart' }],
  ['another name', { ...place, name: 'apiToken' }],
  ['parts that join to the same text', { tenantId: 'acm', pluginId: 'eshipping-quotes', name: 'apiKey' }],
])('a value moved to %s does not open', (_name, elsewhere) => {
  expect(() => openSecret([key], elsewhere, sealSecret(key, place, 'geheim'))).toThrow(
    'was changed, or sealed for another',
  )
})

test('a value with one bit changed anywhere does not open', () => {
  const sealed = sealSecret(key, place, 'geheim')
  const [form, id, text = ''] = sealed.split('.')
  const bytes = Buffer.from(text, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => openSecret([key], place, [form, id, changed.toString('base64url')].join('.'))).toThrow('was changed')
  }
  expect(() => openSecret([key], place, [form, id, ''].join('.'))).toThrow('was changed')
})

test('a value sealed with another key says which', () => {
  const old = randomBytes(32)
  expect(() => openSecret([key], place, sealSecret(old, place, 'geheim'))).toThrow(
    `the key ${secretKeyId(old)}, which is not known`,
  )
  expect(openSecret([key, old], place, sealSecret(old, place, 'geheim'))).toBe('geheim')
  expect(() => openSecret([], place, sealSecret(key, place, 'geheim'))).toThrow(`the key ${secretKeyId(key)}`)
  expect(() => openSecret([key], place, 'v2.x.y')).toThrow('a form that is not known')
})
