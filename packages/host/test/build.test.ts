import { gzipSync } from 'node:zlib'
import { parse } from 'es-module-lexer'
import { beforeAll, expect, test } from 'vitest'
import { builtScripts } from '../scripts/build.ts'

let scripts: Map<string, Uint8Array>
beforeAll(async () => {
  scripts = await builtScripts()
})

/** A script and those that it imports at once, by name; the packages that they import; and what they load later. */
async function firstLoad(entry: string) {
  const files = new Set<string>()
  const packages = new Set<string>()
  const later = new Set<string>()
  const queue = [entry]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (files.has(name)) continue
    files.add(name)
    const [imports] = await parse(new TextDecoder().decode(scripts.get(name)))
    for (const { type, specifier } of imports) {
      // The bundles of plugins are loaded by an address that nobody knows yet.
      if (!specifier) continue
      if (type === 'dynamic') later.add(specifier.slice(2))
      else if (specifier.startsWith('./')) queue.push(specifier.slice(2))
      else packages.add(specifier)
    }
  }
  return { files, packages, later }
}

test('the core stays within 8 KB compressed and brings no React', async () => {
  const { files, packages } = await firstLoad('host.js')
  const sizes = [...files].map((name) => gzipSync(scripts.get(name) ?? '', { level: 9 }).length)
  expect(sizes.every((size) => size > 30)).toBe(true)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(8 * 1024)
  expect([...packages]).toEqual([])
})

test.each([
  ['react.js', ['react', 'react/jsx-runtime']],
  ['dom.js', ['react', 'react-dom/client', 'react/jsx-runtime']],
  ['puck.js', ['@puckeditor/core', 'react', 'react/jsx-runtime']],
  ['page.js', ['react', 'react/jsx-runtime']],
])('%s takes React from the page', async (entry, wanted) => {
  expect([...(await firstLoad(entry)).packages].sort()).toEqual(wanted)
})

test('the page editor has the host that React’s face provides', async () => {
  const [react, puck] = await Promise.all(['react.js', 'puck.js'].map(firstLoad))
  const common = [...(react?.files ?? [])].filter((name) => puck?.files.has(name))
  const provides = common.filter((name) => new TextDecoder().decode(scripts.get(name)).includes('createContext'))
  expect(provides).toHaveLength(1)
})

test('what frames need is loaded with the first frame', async () => {
  const { files, later } = await firstLoad('react.js')
  expect(later.size).toBe(1)
  expect([...later].filter((name) => files.has(name) || !scripts.has(name))).toEqual([])
})
