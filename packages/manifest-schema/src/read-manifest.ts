import { checkedManifest } from './checked-manifest.ts'
import { type Finding, type FindingMaker, findingsOf, hasErrors, limitFindings } from './finding.ts'
import { isObject, type JsonPath } from './json-path.ts'
import { limits } from './limits.ts'
import type { Manifest } from './manifest.ts'
import { checkManifest, type ManifestCode, manifestRules } from './manifest-rules.ts'
import { packageLayout } from './package-layout.ts'
import { readJson } from './read-json.ts'
import { type SchemaWords, schemaFindings } from './schema-findings.ts'
import { keysAt, validateManifest } from './validate-manifest.generated.js'

const words: SchemaWords<ManifestCode> = {
  root: 'manifest',
  codes: {
    required: 'manifest-missing-key',
    additionalProperties: 'manifest-unknown-key',
    type: 'manifest-wrong-type',
    enum: 'manifest-unknown-value',
    const: 'manifest-unknown-value',
    minLength: 'manifest-text-length',
    maxLength: 'manifest-text-length',
    pattern: 'manifest-text-form',
    format: 'manifest-text-form',
    minimum: 'manifest-number-range',
    maximum: 'manifest-number-range',
    exclusiveMinimum: 'manifest-number-range',
    minItems: 'manifest-list-length',
    maxItems: 'manifest-list-length',
    maxProperties: 'manifest-list-length',
    uniqueItems: 'manifest-duplicate-item',
    propertyNames: 'manifest-key-form',
    'false schema': 'manifest-free-with-price',
  },
  keysOf: (path) => keysAt[shapeOf(path)] ?? [],
  otherNames: {
    displayName: 'name',
    title: 'name',
    keywords: 'tags',
    main: 'frontend',
    module: 'frontend',
    entry: 'frontend',
    server: 'backend',
    permissions: 'requiredPermissions',
    peerDependencies: 'dependencies',
    hosts: 'network',
    widgets: 'components',
    config: 'configSchema',
    settings: 'configSchema',
    price: 'pricing',
  },
}

/** A path as the generated table of keys writes it: fields in fields are fields. */
function shapeOf(path: JsonPath): string {
  const shape = path.map((step) => (typeof step === 'number' ? '*' : step)).join('/')
  return shape.replace(/(?:\/fields\/[^/]+)+/, '/fields/*')
}

/**
 * Reads a `manifest.json`: all problems at once, each with its line. Never throws, whatever the text.
 * @param path the file's path relative to the plugin folder, as the findings show it.
 * @returns the manifest when no finding is an error; the findings sorted, at most `limits.findings` and one that says
 * that there are more.
 */
export function readManifest(
  text: string,
  path: string = packageLayout.manifest,
): { manifest?: Manifest; findings: Finding[] } {
  const make = findingsOf(manifestRules)
  const finding: FindingMaker<ManifestCode> = (code, message, place) => make(code, message, { ...place, path })

  const limited = (all: Finding[]) => limitFindings(all, (message) => finding('manifest-more-findings', message))

  const { document, findings } = readJson(text, (code, message, place) => finding(`manifest-${code}`, message, place))
  if (document === undefined) return { findings: limited(findings) }
  validateManifest(document.value)
  const errors = validateManifest.errors ?? []
  const schema = schemaFindings(errors, document, words, finding)
  findings.push(...schema.findings)
  if (isObject(document.value) && errors.length <= limits.findings.max) {
    findings.push(...checkManifest(checkedManifest(document, schema, path)))
  }
  // No error of the schema and none of the rules: this is what makes the value a manifest.
  const manifest = hasErrors(findings) ? {} : { manifest: document.value as Manifest }
  return { ...manifest, findings: limited(findings) }
}
