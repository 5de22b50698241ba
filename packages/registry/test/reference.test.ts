import { createHash } from 'node:crypto'
import { openApiDocument, routes } from '@plexica/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { referencePage } from '../src/operations/reference-page.ts'
import { startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startTestRegistry()
})
afterAll(() => registry.stop())

test('the reference is a page of every route, which needs no script and no other host', async () => {
  const response = await fetch(`${registry.url}/api/reference`)
  const html = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  for (const [operation, { path }] of Object.entries(routes)) {
    expect(html.split(`<article id="${operation}">`)).toHaveLength(2)
    expect(html).toContain(path.replace(/[:*](\w+)/g, '{$1}'))
  }
  expect(html).not.toMatch(/<script|<link|\bsrc=|https?:\/\/(?!www\.w3\.org)[^<]*"|undefined|\[object/)
})

test('its policy lets in its own style and nothing else', async () => {
  const response = await fetch(`${registry.url}/api/reference`)
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(await response.text()) ?? []
  const digest = createHash('sha256').update(style).digest('base64')
  expect(response.headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-${digest}'`)
})

test('whoever has it is told that it has not changed', async () => {
  const { headers } = await fetch(`${registry.url}/api/reference`)
  const again = await fetch(`${registry.url}/api/reference`, {
    headers: { 'if-none-match': headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
})

test('words of the contract stay words', () => {
  const document = openApiDocument()
  const [tag] = document.tags
  if (!tag) throw new Error('the document has no tags')
  tag.description = '<img src=x onerror=alert(1)> & `<b>`'
  expect(referencePage(document)).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; <code>&lt;b&gt;</code>')
})
