import { sharedModules } from '@plexica/manifest-schema/validate'
import { expect, test } from 'vitest'
import { importMap, shareModules, shimModules } from './shared-modules.ts'

const modules = {
  react: { useState: () => 'a state' },
  'react/jsx-runtime': { jsx: () => 'an element' },
  'react-dom': {},
  'react-dom/client': {},
  '@acme/money': { default: 'the default', format: () => '1 €', delete: () => 'gone' },
}

/** What a page that imports the shim gets. */
const imported = (source: string) => import(`data:text/javascript,${encodeURIComponent(source)}`)

test('the import map leads to the files that the shims are written to', () => {
  const { imports } = importMap('/shared', ['@acme/money'])
  expect(Object.keys(imports)).toEqual([...sharedModules, '@acme/money'])
  expect(Object.values(imports)).toEqual(Object.keys(shimModules(modules)).map((file) => `/shared/${file}`))
})

test('two names never share a file', () => {
  const names = ['@acme/money-box', '@acme-money/box', 'acme-money-box']
  const files = Object.values(importMap('/', names).imports)
  expect(new Set(files).size).toBe(files.length)
})

test('a shim gives what the page shares, whatever the exports are called', async () => {
  shareModules(modules)
  const shims = shimModules(modules)
  const money = await imported(shims['@acme~money.js'] ?? '')
  expect([money.default, money.format(), money.delete()]).toEqual(['the default', '1 €', 'gone'])
  const react = await imported(shims['react.js'] ?? '')
  expect([react.default, react.useState]).toEqual([modules.react, modules.react.useState])
})

test('a shim of what the page does not share says what to do', async () => {
  const shims = shimModules({ ...modules, 'date-fns': { format: () => '' } })
  await expect(imported(shims['date-fns.js'] ?? '')).rejects.toThrow(
    'The page does not share date-fns: call shareModules() before createHost().',
  )
})
