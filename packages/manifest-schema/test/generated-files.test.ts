import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generate.ts'
import { forms, Manifest, Platform } from '../src/index.ts'
import { manifestText } from './valid-manifest.ts'

const folder = join(import.meta.dirname, '..')
const files = generatedFiles()

test.each(Object.keys(files))('%s is what `pnpm generate` makes', (path) => {
  expect(readFileSync(join(folder, path), 'utf8') === files[path], 'stale: run `pnpm generate`').toBe(true)
})

test('the schema for editors stands alone and takes the valid manifest', () => {
  const schema = JSON.parse(files['manifest.schema.json'] ?? '')
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(schema.title).toBeTruthy()
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  expect(validate(JSON.parse(manifestText()))).toBe(true)
  expect(validate({})).toBe(false)
})

test('every key is explained to people who write a manifest', () => {
  const silent = keysWithoutDescription(JSON.parse(JSON.stringify(Manifest)))
  expect(silent).toEqual([])
})

test('every pattern has words, so that no message shows one', () => {
  const known = Object.values(forms).map(({ pattern }) => pattern)
  for (const schema of [Manifest, Platform]) {
    for (const [, pattern] of JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)) {
      expect(known).toContain(JSON.parse(pattern ?? ''))
    }
  }
})

test('what the command line starts with loads neither TypeBox nor ajv', () => {
  const { metafile } = buildSync({
    entryPoints: [join(folder, 'src/validate.ts')],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  })
  const packages = Object.keys(metafile.inputs).map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
  expect([...new Set(packages)].filter((name) => name !== undefined).sort()).toEqual([
    'jsonc-parser',
    'leven',
    'ret',
    'semver',
    'spdx-exceptions',
    'spdx-expression-parse',
    'spdx-license-ids',
  ])
})

function keysWithoutDescription(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const inner = Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'allOf') return []
    const silent =
      key !== 'properties'
        ? []
        : Object.entries(Object(value)).filter(([, property]) => !Object.hasOwn(Object(property), 'description'))
    return [...silent.map(([name]) => `${path}/${name}`), ...keysWithoutDescription(value, `${path}/${key}`)]
  })
  return inner
}
