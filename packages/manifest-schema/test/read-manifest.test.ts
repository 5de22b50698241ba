import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generatedFiles } from '../scripts/generate.ts'
import { hasErrors, limits, readManifest, sortFindings } from '../src/index.ts'
import { hidden } from '../src/visible-text.ts'
import { manifestFixtures } from './manifest-fixtures.ts'
import { manifestText, validManifest, withFields } from './valid-manifest.ts'

const schema = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(generatedFiles()['manifest.schema.json'] ?? ''),
)

test('a manifest with something under every key has no finding', () => {
  expect(readManifest(manifestText())).toEqual({ manifest: validManifest, findings: [] })
})

test('the manifest is there in spite of warnings', () => {
  const [warning] = manifestFixtures['manifest-fields-unused']
  const { manifest, findings } = readManifest(warning.text)
  expect(manifest?.id).toBe('order-desk')
  expect(findings.map((finding) => finding.severity)).toEqual(['warning'])
})

test('findings name the file as the caller does', () => {
  expect(readManifest('{}', 'plugin/manifest.json').findings.map((finding) => finding.path)).toContain(
    'plugin/manifest.json',
  )
})

test('all problems come at once, each with its line, one finding for each', () => {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/many-mistakes.json'), 'utf8')
  const { manifest, findings } = readManifest(text)
  expect(manifest).toBeUndefined()
  expect(findings.map(({ line, code, message }) => `${line} ${code}: ${message}`)).toMatchInlineSnapshot(`
    [
      "1 manifest-no-entry: There is neither frontend nor backend.",
      "2 manifest-wrong-type: $schema is 5; it must be a string.",
      "3 manifest-text-form: id is "Foo_Bar"; it must be 2 to 63 lower-case letters, digits and dashes, with a letter first.",
      "4 manifest-text-form: name is " "; it must be more than spaces.",
      "5 manifest-text-form: version is "1.0"; it must be a semantic version such as 1.4.0 or 2.0.0-beta.1.",
      "6 manifest-unknown-key: \`desciption\` is not a key of the manifest; did you mean \`description\`?",
      "7 manifest-unknown-value: category is "analitics"; did you mean "analytics"?",
      "8 manifest-duplicate-item: tags[2] repeats tags[0], "a".",
      "8 manifest-text-form: tags[3] is "Hello World"; it must be 1 to 30 lower-case letters, digits and dashes, with no dash first.",
      "9 manifest-text-form: author.email is "nope"; it must be an e-mail address.",
      "9 manifest-text-form: author.url is "ftp://x"; it must be a web address that starts with https:// or http://.",
      "9 manifest-unknown-key: \`nmae\` is not a key of author; did you mean \`name\`?",
      "10 manifest-license: license is "Apache 2.0"; did you mean "Apache-2.0"?",
      "11 manifest-text-form: homepage is "https://exa mple.com"; it must be a complete address (URI).",
      "12 manifest-path: icon is "./icon.png": it has an empty step or a \`.\`.",
      "12 manifest-path-picture: icon is "./icon.png", which is not a picture under \`assets/\`.",
      "13 manifest-missing-key: screenshots[0].alt is missing.",
      "14 manifest-free-with-price: pricing.amount goes with \`"type": "paid"\` only.",
      "15 manifest-range: engines.plexica is "latest", which is not a semver range.",
      "15 manifest-unknown-key: \`node\` is not a key of engines.",
      "16 manifest-key-form: dependencies["Crm!"] has a name that is not possible; it must be 2 to 63 lower-case letters, digits and dashes, with a letter first.",
      "16 manifest-wrong-type: dependencies.bar is 3; it must be a string.",
      "17 manifest-text-form: requiredPermissions[0] is "orders"; it must be a resource and an action in lower case, such as orders:read.",
      "18 manifest-unknown-key: \`permissions\` is not a key of the manifest.",
      "19 manifest-text-form: network[0] is "https://x.com"; it must be a host name in lower case without scheme or path, such as api.example.com or *.example.com.",
      "22 manifest-field-reserved: components[0].fields.id has a name that every component is given already.",
      "22 manifest-list-length: components[0].fields.id.options has 0 entries; at least 1 are needed.",
      "23 manifest-unknown-value: components[0].fields.x.type is "txt"; did you mean "text"?",
      "24 manifest-field-default: components[0].fields.n.default is "a"; it must be a number.",
      "24 manifest-field-range: components[0].fields.n has min 5 above max 1.",
      "25 manifest-field-default: components[0].fields.sel.default is "z"; none of the options has it.",
      "25 manifest-field-options: components[0].fields.sel is a select without options.",
      "26 manifest-field-fields: components[0].fields.arr is an array without fields.",
      "27 manifest-field-default: components[0].fields.obj.fields.in.default is 2; none of the options has it.",
      "27 manifest-unknown-key: \`option\` is not a key of components[0].fields.obj.fields.in.",
      "29 manifest-text-form: components[1].extensionPoint is "dash board"; it must be a dotted name in lower case such as dashboard.widgets, or puck for the page editor.",
      "29 manifest-unknown-key: \`exprot\` is not a key of components[1]; did you mean \`export\`?",
      "30 manifest-component-duplicate: components[2].name is "A", the name of components[0].",
      "31 manifest-wrong-type: components[3] is 7; it must be an object \`{…}\`.",
      "34 manifest-config-type: configSchema.properties.k.type is "strnig"; did you mean "string"?",
      "35 manifest-config-secret: configSchema.properties.s.secret stands on type number.",
      "36 manifest-config-secret: configSchema.properties.t is a secret and shows its values in \`default\`.",
      "37 manifest-config-pattern: configSchema.properties.p.pattern (a+)+$ can take more than 20000000 steps on a text of 4000 characters.",
      "38 manifest-config-keyword: configSchema.properties.d.maxLength is a keyword that cannot be used here.",
      "38 manifest-config-keyword: configSchema.properties.d.maximun is a keyword that cannot be used here; did you mean \`maximum\`?",
      "39 manifest-config-type: configSchema.properties.l is a list that does not say \`"items": { "type": "string" }\`.",
      "40 manifest-config-name: configSchema.properties["bad-name"] has a name that is not possible; it must be up to 50 letters, digits and underscores, with a letter first.",
      "40 manifest-config-type: configSchema.properties["bad-name"] has no type.",
      "41 manifest-config-keyword: configSchema.oneOf is a keyword that cannot be used here.",
      "41 manifest-config-required: configSchema.required[0] is "kk", which is no property here; did you mean "k"?",
      "41 manifest-config-value: configSchema.required is ["kk",4]; it must be a list of names of properties.",
      "42 manifest-path-setup: setup is "SETUP.txt", which is not a Markdown file.",
      "42 manifest-trailing-comma: The last entry has a comma after it.",
      "30 manifest-fields-unused: components[2].fields cannot be edited: the component is at dash, not at puck.",
    ]
  `)
})

test('a misspelt key is one problem: it is not missing as well, and what needs it is content', () => {
  const text = manifestText({ frontend: undefined, backend: undefined, frontned: { entry: 'src/index.tsx' } })
  expect(readManifest(text).findings.map((finding) => finding.fix)).toEqual(['Write `frontend`.'])
})

test('a name that is taken is not suggested', () => {
  const [finding] = readManifest(manifestText({ tagz: [] })).findings
  expect(finding?.message).toBe('`tagz` is not a key of the manifest.')
})

test('rules look at the good parts of a manifest whose other parts are broken', () => {
  const text = withFields({
    broken: { type: 'txt', fields: { inner: { type: 'number', default: 'one' } } },
    good: { type: 'boolean', default: 'no' },
  }).replace('"order-desk"', '7')
  expect(readManifest(text).findings.map((finding) => finding.message.split(' is ')[0])).toEqual([
    'id',
    'components[0].fields.broken.type',
    'components[0].fields.broken.fields.inner.default',
    'components[0].fields.good.default',
  ])
})

test('lines are counted the same with every kind of line end', () => {
  const text = manifestText({ name: 7 })
  for (const end of ['\n', '\r\n', '\r']) {
    expect(readManifest(text.replaceAll('\n', end)).findings[0]?.line).toBe(4)
  }
})

test('a key with a hidden character is shown where it stands', () => {
  const text = manifestText().replace('"hours"', '"hou\\u200brs"')
  const finding = readManifest(text).findings.find(({ code }) => code === 'manifest-hidden-character')
  expect(finding?.message).toBe('The key configSchema.properties["houU+200Brs"] has the hidden character U+200B.')
  expect(text.split('\n')[(finding?.line ?? 0) - 1]).toContain('hou')
})

test('__proto__ changes nothing, wherever it stands', () => {
  const text = manifestText().replace('"properties": {', '"properties": { "__proto__": { "type": "string" },')
  const { manifest, findings } = readManifest(text)
  expect(manifest).toBeUndefined()
  expect(findings.map((finding) => finding.code)).toEqual(['manifest-unknown-key'])
  expect(readManifest('{"__proto__": {"id": "stolen"}}').findings.map((finding) => finding.message)).toContain(
    'id is missing.',
  )
})

describe('never throws and ends soon', { timeout: 30_000 }, () => {
  const floods: Record<string, string> = {
    'ten megabytes': `"${'x'.repeat(10_000_000)}"`,
    'a hundred thousand levels of lists': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'a hundred thousand levels of objects': '{"a":'.repeat(40_000),
    'unknown keys': `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join(',')}}`,
    'the same key': `{${'"id":1,'.repeat(35_000)}"id":1}`,
    'hidden characters': `{${Array.from({ length: 15_000 }, (_, i) => `"${i}":"\u0001"`).join(',')}}`,
    'components of no use': manifestText({ components: Array.from({ length: 20_000 }, () => ({})) }).replace(/\s/g, ''),
    dependencies: JSON.stringify({
      dependencies: Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`d${i}`, '>2 <1'])),
    }),
    fields: withFields(
      Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, { type: 'select' }])),
    ).replace(/\s/g, ''),
    configuration: JSON.stringify({
      configSchema: { type: 'object', required: Array.from({ length: 20_000 }, (_, i) => `r${i}`) },
    }),
    keywords: JSON.stringify({
      configSchema: Object.fromEntries(Array.from({ length: 15_000 }, (_, i) => [`k${i}`, 1])),
    }),
    commas: `[${','.repeat(250_000)}]`,
    comments: `{}${'/**/'.repeat(60_000)}`,
    'long host': JSON.stringify({ network: ['a-'.repeat(120_000)] }),
    'long texts of every key': JSON.stringify(
      Object.fromEntries(Object.keys(validManifest).map((key) => [key, `${'1a.-'.repeat(2_400)}!`])),
    ),
  }
  test.each(Object.entries(floods))('%s', (_name, text) => {
    const start = performance.now()
    const { manifest, findings } = readManifest(text)
    expect(manifest).toBeUndefined()
    expect(hasErrors(findings)).toBe(true)
    expect(findings.length).toBeLessThanOrEqual(limits.findings.max + 1)
    // Far above what it takes, far below what a quadratic step would.
    expect(performance.now() - start).toBeLessThan(4_000)
  })

  test('any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), pieces), (text) => {
        const { manifest, findings } = readManifest(text)
        expect(manifest).toBeUndefined()
        expect(hasErrors(findings)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('a manifest with a piece of its text changed is as valid as the schema says', () => {
    const text = manifestText()
    const change = fc.record({ at: fc.nat(text.length), length: fc.nat(30), insert: fc.oneof(fc.string(), pieces) })
    fc.assert(
      fc.property(change, ({ at, length, insert }) => {
        agrees(text.slice(0, at) + insert + text.slice(at + length))
      }),
      { numRuns: 500 },
    )
  })

  test('a manifest with one value changed is as valid as the schema says', () => {
    const places = placesIn(validManifest)
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.oneof(odd, fc.jsonValue()), (place, value) => {
        agrees(JSON.stringify(replaced(validManifest, place, value)))
      }),
      { numRuns: 1_000 },
    )
  })
})

const pieces = fc
  .array(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '"id"', '1e999', '-', '//', '/*', '\n', '\ufeff', 'null'),
  )
  .map((parts) => parts.join(''))
const odd = fc.constantFrom<unknown>(
  null,
  '\u001b[31m',
  '\u202e',
  '',
  0,
  -1,
  1e308,
  [],
  {},
  [[]],
  '\ud800',
  '__proto__',
  'a'.repeat(300),
  true,
)

/** What every answer has to keep, whatever the text. */
function agrees(text: string): void {
  const { manifest, findings } = readManifest(text)
  expect(findings).toEqual(sortFindings(findings))
  expect(manifest === undefined).toBe(hasErrors(findings))
  const lines = text.split('\n').length
  for (const { line, message, fix } of findings) {
    expect(line).toBeGreaterThan(0)
    expect(line).toBeLessThanOrEqual(lines)
    expect(message).not.toMatch(/undefined|\[object|NaN/)
    expect(fix).not.toBe('')
    expect(hidden.test(message + fix)).toBe(false)
  }
  if (manifest === undefined) return
  expect(manifest).toEqual(JSON.parse(text))
  expect(schema(manifest)).toBe(true)
}

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))]
}

function replaced(whole: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const copy: unknown = structuredClone(whole)
  Reflect.set(Object(copy), key, replaced(Reflect.get(Object(copy), key), rest, value))
  return copy
}
