import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _ } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { transformSync } from 'esbuild'
import { formats } from '../src/formats.ts'
import { Manifest } from '../src/manifest.ts'
import { Platform } from '../src/platform.ts'

const folder = join(import.meta.dirname, '..')
const made = '// Made from the schemas by `pnpm generate`. Do not edit.\n'

/**
 * The files of this package that are made from its schemas: path in the package → content. The validators are compiled
 * here, because compiling a schema takes longer than everything else that a check of a manifest does.
 */
export function generatedFiles(): Record<string, string> {
  return {
    'manifest.schema.json': `${JSON.stringify(editorSchema(), null, 2)}\n`,
    ...validatorFiles('manifest', plain(Manifest)),
    ...validatorFiles('platform', plain(Platform)),
  }
}

function editorSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:plexica:manifest',
    title: 'Plexica plugin manifest',
    description: 'manifest.json: what one version of a plugin says about itself',
    ...Manifest,
  }
}

function validatorFiles(noun: 'manifest' | 'platform', schema: Schema): Record<string, string> {
  const name = `validate${noun === 'manifest' ? 'Manifest' : 'Platform'}`
  return {
    [`src/validate-${noun}.generated.js`]: `${made}${validatorModule(name, schema)}`,
    [`src/validate-${noun}.generated.d.ts`]: [
      made.trimEnd(),
      "import type { SchemaValidator } from './schema-findings.ts'",
      `export declare const ${name}: SchemaValidator`,
      'export declare const keysAt: Readonly<Record<string, readonly string[]>>',
      '',
    ].join('\n'),
  }
}

/**
 * Standalone code of ajv. What it would ask ajv for at run time, it gets from `formats.ts`. It is made as small as it can
 * be, because reading it takes most of the time of checking a manifest.
 */
function validatorModule(name: string, schema: Schema): string {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    messages: false,
    code: { source: true, esm: true, formats: _`formats` },
    formats: Object.fromEntries(Object.entries(formats).map(([format, { fits }]) => [format, fits])),
  })
  ajv.addSchema({ $id: name, ...withoutNotes(schema) })
  const code = standalone
    .default(ajv, { [name]: name })
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'codePoints')
    .replaceAll(/= formats\.(\w+)/g, '= formats.$1.fits')
    .replaceAll(/,schemaPath:"[^"]*"/g, '')
    .replaceAll(
      /if\(vErrors === null\)\{vErrors = \[(\w+)\];\}else \{vErrors\.push\(\1\);\}/g,
      'vErrors = added(vErrors, $1);',
    )
  if (code.includes('require(')) throw new Error(`${name} asks for more of ajv than formats.ts offers`)
  const module = [
    "import { codePoints, formats } from './formats.ts'",
    'const added = (errors, error) => (errors === null ? [error] : (errors.push(error), errors))',
    code,
    `export const keysAt = ${JSON.stringify(Object.fromEntries(keysAt(schema, schema.$defs)))}`,
  ].join('\n')
  return transformSync(module, { target: 'es2022', minify: true }).code
}

/** The part of JSON Schema that the schemas here are made of. */
interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
}

/** A schema without what TypeBox knows besides. */
function plain(schema: object): Schema {
  return JSON.parse(JSON.stringify(schema))
}

/** Descriptions are for editors; in a validator they only take time to load. */
function withoutNotes(schema: Schema): object {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value)),
  )
}

/** Each closed object: its path, with `*` for places in lists and free keys, and the keys that it knows. */
function* keysAt(
  schema: Schema,
  defs: Record<string, Schema> = {},
  path: readonly string[] = [],
  inside: readonly string[] = [],
): Iterable<[string, string[]]> {
  if (schema.$ref !== undefined) {
    const target = defs[schema.$ref.replace('#/$defs/', '')]
    if (target === undefined) throw new Error(`${schema.$ref} leads nowhere`)
    if (!inside.includes(schema.$ref)) yield* keysAt(target, defs, path, [...inside, schema.$ref])
    return
  }
  const { properties = {}, additionalProperties: others, items } = schema
  if (others === false) yield [path.join('/'), Object.keys(properties)]
  for (const [key, property] of Object.entries(properties)) yield* keysAt(property, defs, [...path, key], inside)
  if (typeof others === 'object') yield* keysAt(others, defs, [...path, '*'], inside)
  if (items !== undefined) yield* keysAt(items, defs, [...path, '*'], inside)
}

if (import.meta.main) {
  for (const [path, content] of Object.entries(generatedFiles())) writeFileSync(join(folder, path), content)
}
