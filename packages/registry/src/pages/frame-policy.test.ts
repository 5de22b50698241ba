import { expect, test } from 'vitest'
import { previewPolicy, publishedPolicy } from './frame-policy.ts'

const scripts = ['https://plugins.example.com/assets/preview-1.js']
const folder = 'https://cdn.example.com/plugins/bundles/card/v1.0.0/'
const policyFor = (...network: string[]) => publishedPolicy({ scripts, folder, network })

test('a plugin without hosts reaches its own files alone', () => {
  expect(policyFor()).toEqual({
    sandbox: ['allow-scripts'],
    'default-src': ["'none'"],
    'script-src': [...scripts, 'blob:'],
    'style-src': ["'unsafe-inline'", folder],
    'img-src': ['data:', 'blob:', folder],
    'media-src': ['data:', 'blob:', folder],
    'font-src': ['data:', 'blob:', folder],
    'connect-src': [folder],
    'worker-src': ['blob:'],
    'frame-src': ["'none'"],
    'form-action': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ['*'],
  })
})

test.each([
  ['api.example.com', ['https://api.example.com', 'wss://api.example.com'], ['https://api.example.com']],
  ['*.example.com', ['https://*.example.com', 'wss://*.example.com'], ['https://*.example.com']],
  [
    'localhost',
    ['https://localhost:*', 'http://localhost:*', 'wss://localhost:*', 'ws://localhost:*'],
    ['https://localhost:*', 'http://localhost:*'],
  ],
])('%s may be asked, and shows pictures', (host, asked, shown) => {
  const policy = policyFor(host)
  expect(policy['connect-src']).toEqual([folder, ...asked])
  for (const kind of ['img-src', 'media-src', 'font-src']) {
    expect(policy[kind]).toEqual(['data:', 'blob:', folder, ...shown])
  }
  expect(policy['script-src']).toEqual([...scripts, 'blob:'])
  expect(policy['frame-src']).toEqual(["'none'"])
})

test('a preview reaches nothing, and stands in the registry’s own pages alone', () => {
  expect(previewPolicy['connect-src']).toEqual(["'none'"])
  expect(previewPolicy['img-src']).toEqual(['data:', 'blob:'])
  expect(previewPolicy['frame-ancestors']).toEqual(["'self'"])
})
