import { expect, test } from 'vitest'
import { inspectPackage } from '../src/index.ts'
import { goodFiles, goodPackage } from './build-package.ts'

async function* once(bytes: Uint8Array) {
  yield bytes
}

/** What is said of a bundle that begins with this source, when its manifest shares these packages. */
async function foreign(source: string, shared?: Record<string, string>): Promise<[string, number | undefined][]> {
  const files = { 'dist/bundle.js': `${source}\n${goodFiles()['dist/bundle.js']}` }
  const { findings } = await inspectPackage(once(goodPackage({ manifest: { shared }, files })))
  return findings
    .filter(({ code }) => code === 'code-unshared-import')
    .map(({ message, line }) => [/module (\S+)/.exec(message)?.[1] ?? '', line])
}
const charts = 'import { line } from "@acme/charts"; line(1)'

test('a bundle imports the packages that its manifest leaves to the platform, with all their modules', async () => {
  const shared = { '@acme/charts': '^2.0.0', 'date-fns': '^4.0.0' }
  expect(await foreign(charts, shared)).toEqual([])
  expect(await foreign('import "@acme/charts/pie/small.js"; import("date-fns/locale/it")', shared)).toEqual([])
})

test('and nothing else by a bare name', async () => {
  expect(await foreign(charts)).toEqual([['@acme/charts', 1]])
  expect(await foreign(`import "date-fns"\n${charts}`, { 'date-fns': '^4.0.0' })).toEqual([['@acme/charts', 2]])
  expect(await foreign('import "@acme/chartss"; import "@acme"', { '@acme/charts': '^2.0.0' })).toEqual([
    ['@acme', 1],
    ['@acme/chartss', 1],
  ])
  // Names of what every object has are names of packages too.
  expect(await foreign('import "constructor"', { 'date-fns': '^4.0.0' })).toEqual([['constructor', 1]])
})

test('what no manifest can be asked about is nobody’s', async () => {
  const files = { 'dist/bundle.js': charts, 'manifest.json': '{}' }
  const { findings } = await inspectPackage(once(goodPackage({ files })))
  expect(findings.map(({ code }) => code)).toContain('code-unshared-import')
})

test('places of one module are said up to ten, and modules one by one', async () => {
  const lines = Array.from({ length: 25 }, (_, n) => `import "a/${n % 2}"`).join('\n')
  const found = await foreign(lines)
  expect(found.filter(([module]) => module === 'a/0')).toHaveLength(10)
  expect(found.filter(([module]) => module === 'a/1')).toHaveLength(10)
})
