import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { bundleFiles } from './bundle-files.ts'

const base = 'https://registry.example/path'
const hash = (algorithm: string) => `${algorithm}-${createHash(algorithm).update('x').digest('base64')}`
const integrity = hash('sha384')

test('addresses become those that the browser uses, the entry first', () => {
  const files = [
    { url: 'https://cdn.example:443/sales/v1.0.0+5/chunk.js', integrity },
    { url: '/plugins/sales/./bundle.js', integrity },
  ]
  expect(bundleFiles({ url: 'https://REGISTRY.example/plugins/sales/bundle.js', files }, base)).toEqual([
    { url: 'https://registry.example/plugins/sales/bundle.js', integrity },
    { url: 'https://cdn.example/sales/v1.0.0+5/chunk.js', integrity },
  ])
})

test.each(['sha256', 'sha384', 'sha512'])('%s is an integrity value', (algorithm) => {
  const files = [{ url: '/bundle.js', integrity: hash(algorithm) }]
  expect(bundleFiles({ url: '/bundle.js', files }, base)).toHaveLength(1)
})

test.each([
  '',
  hash('md5'),
  hash('sha1'),
  integrity.slice(0, -1),
  `${integrity}A`,
  ` ${integrity}`,
  integrity.replace('sha384', 'SHA384'),
  `sha384-${'%'.repeat(64)}`,
])('%j would be ignored by browsers, so it is refused', (value) => {
  const files = [
    { url: '/bundle.js', integrity },
    { url: '/chunk.js', integrity: value },
  ]
  expect(() => bundleFiles({ url: '/bundle.js', files }, base)).toThrow(/chunk\.js has no usable integrity/)
})

test('an entry that is not listed is refused', () => {
  expect(() => bundleFiles({ url: '/bundle.js', files: [] }, base)).toThrow(/not among the scripts/)
  const files = [{ url: '/bundle.js', integrity }]
  expect(() => bundleFiles({ url: '/bundle.js?other', files }, base)).toThrow(/not among the scripts/)
})

test.each(['data:text/javascript,1', 'blob:https://x/1', 'javascript:1', 'http://['])('%j is no address', (url) => {
  expect(() => bundleFiles({ url, files: [{ url, integrity }] }, base)).toThrow(/no web address/)
})
