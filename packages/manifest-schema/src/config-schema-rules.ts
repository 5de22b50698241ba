import type { CheckedManifest } from './checked-manifest.ts'
import { configKeywords, keywordValues, misfit, misfitOfType } from './config-keywords.ts'
import { didYouMean } from './did-you-mean.ts'
import { type Finding, findingsOf, type RuleTable } from './finding.ts'
import { forms } from './forms.ts'
import { isObject, type JsonPath, pathText } from './json-path.ts'
import { limits } from './limits.ts'
import { type ConfigProperty, type ConfigType, configTypes } from './manifest-words.ts'
import { patternProblem } from './pattern-work.ts'
import { quote, shorten } from './visible-text.ts'

export const configSchemaRules = {
  'manifest-config-keyword': {
    severity: 'error',
    summary: 'The configuration uses a keyword of JSON Schema that the form cannot show, such as `$ref` or `oneOf`.',
    fix: 'Use the supported keywords only.',
  },
  'manifest-config-type': {
    severity: 'error',
    summary:
      'A property of the configuration has no type that a form can show: one type, at most one object deep, lists of strings.',
    fix: `Write one of these types: ${configTypes.join(', ')}.`,
  },
  'manifest-config-value': {
    severity: 'error',
    summary: 'A keyword of the configuration has a value that it cannot have.',
    fix: 'Correct the value.',
  },
  'manifest-config-name': {
    severity: 'error',
    summary: `A property of the configuration has a name that is not possible; it must be ${forms.configName.words}.`,
    fix: 'Rename the property; its `title` is what people see.',
  },
  'manifest-config-size': {
    severity: 'error',
    summary: `The configuration asks for more than ${limits.configProperties.max} properties. ${limits.configProperties.reason}`,
    fix: 'Leave out what has a good default.',
  },
  'manifest-config-required': {
    severity: 'error',
    summary: 'The configuration requires a property that it does not have.',
    fix: 'Correct the name in `required`, or add the property.',
  },
  'manifest-config-range': {
    severity: 'error',
    summary: 'A least value, length or number of items of the configuration is above the greatest.',
    fix: 'Swap the two or correct one.',
  },
  'manifest-config-pattern': {
    severity: 'error',
    summary: `A pattern of the configuration does not compile, or could keep the registry busy. ${limits.patternSteps.reason}`,
    fix: 'Start the pattern with `^`, repeat only single characters or classes, such as `^[a-z-]+$`, and set a smaller `maxLength`.',
  },
  'manifest-config-secret': {
    severity: 'error',
    summary:
      'A secret of the configuration is not a string, or its values stand in the manifest, where everybody reads them.',
    fix: 'Use `secret` on strings alone, without `default` and `enum`.',
  },
  'manifest-config-default': {
    severity: 'error',
    summary: 'A default of the configuration does not fit its own property.',
    fix: 'Write a default that a tenant could enter.',
  },
} as const satisfies RuleTable
const finding = findingsOf(configSchemaRules)
const possibleName = new RegExp(forms.configName.pattern)

export function* checkConfigSchema(manifest: CheckedManifest): Iterable<Finding> {
  const schema = manifest.part('configSchema')
  if (schema !== undefined) yield* checkObject(schema, ['configSchema'], manifest, 'root')
}

/** The configuration itself, or an object in it. */
function* checkObject(
  schema: Record<string, unknown>,
  path: JsonPath,
  manifest: CheckedManifest,
  kind: 'root' | 'object',
): Iterable<Finding> {
  yield* checkKeywords(schema, path, manifest, kind)
  const properties = isObject(schema.properties) ? schema.properties : {}
  const names = Object.keys(properties)
  if (names.length > limits.configProperties.max) {
    const message = `${pathText(path)} has ${names.length} properties; at most ${limits.configProperties.max} are allowed.`
    yield finding('manifest-config-size', message, manifest.place([...path, 'properties'], 'key'))
    return
  }
  for (const name of names) {
    const at = [...path, 'properties', name]
    if (!possibleName.test(name)) {
      const message = `${pathText(at)} has a name that is not possible; it must be ${forms.configName.words}.`
      yield finding('manifest-config-name', message, manifest.place(at, 'key'))
    }
    yield* checkProperty(properties[name], at, manifest, kind === 'root' ? configTypes : innerTypes)
  }
  for (const [index, name] of (Array.isArray(schema.required) ? schema.required : []).entries()) {
    if (typeof name !== 'string' || Object.hasOwn(properties, name)) continue
    const meant = didYouMean(name, names)
    const hint = meant === undefined ? '.' : `; did you mean "${meant}"?`
    const message = `${pathText([...path, 'required', index])} is ${quote(name)}, which is no property here${hint}`
    yield finding('manifest-config-required', message, manifest.place([...path, 'required', index]))
  }
}

const innerTypes = configTypes.filter((type) => type !== 'object')

function* checkProperty(
  property: unknown,
  path: JsonPath,
  manifest: CheckedManifest,
  types: readonly ConfigType[],
): Iterable<Finding> {
  if (!isObject(property)) {
    const message = `${pathText(path)} is not an object \`{…}\` that describes a property.`
    yield finding('manifest-config-type', message, manifest.place(path))
    return
  }
  const type = types.find((name) => name === property.type)
  if (type === undefined) {
    yield wrongType(property, path, manifest, types)
    return
  }
  const findings = [...checkSecret(property, path, manifest)]
  if (type === 'object') findings.push(...checkObject(property, path, manifest, 'object'))
  else findings.push(...checkKeywords(property, path, manifest, type))
  if (type === 'array') findings.push(...checkItems(property, path, manifest))
  yield* findings
  // Values can only be compared with keywords that are right themselves.
  if (findings.length > 0) return
  yield* checkValues({ ...property, type }, path, manifest)
}

function wrongType(
  property: Record<string, unknown>,
  path: JsonPath,
  manifest: CheckedManifest,
  types: readonly ConfigType[],
): Finding {
  const fix = `Write one of these types: ${types.join(', ')}.`
  if (!Object.hasOwn(property, 'type')) {
    return finding('manifest-config-type', `${pathText(path)} has no type.`, { ...manifest.place(path), fix })
  }
  const at = [...path, 'type']
  const meant = typeof property.type === 'string' ? didYouMean(property.type, types) : undefined
  const hint = meant === undefined ? `, which cannot be used here.` : `; did you mean "${meant}"?`
  const message = `${pathText(at)} is ${shorten(JSON.stringify(property.type))}${hint}`
  return finding('manifest-config-type', message, { ...manifest.place(at), fix })
}

const ranges = [
  ['minLength', 'maxLength'],
  ['minimum', 'maximum'],
  ['minItems', 'maxItems'],
] as const

/** Each keyword on its own, then those that have to agree. */
function* checkKeywords(
  schema: Record<string, unknown>,
  path: JsonPath,
  manifest: CheckedManifest,
  kind: keyof typeof configKeywords,
): Iterable<Finding> {
  const known: readonly string[] = configKeywords[kind]
  for (const [keyword, value] of Object.entries(schema)) {
    const at = [...path, keyword]
    const rule = Object.hasOwn(keywordValues, keyword) ? keywordValues[keyword] : undefined
    if (!known.includes(keyword)) {
      // A secret of the wrong type has a rule of its own.
      if (keyword === 'secret' && kind !== 'item') continue
      const meant = didYouMean(keyword, known)
      const hint = meant === undefined ? '.' : `; did you mean \`${meant}\`?`
      const message = `${pathText(at)} is a keyword that cannot be used here${hint}`
      const fix = `Remove it; these can be used: ${known.join(', ')}.`
      yield finding('manifest-config-keyword', message, { ...manifest.place(at, 'key'), fix })
    } else if (rule !== undefined && !rule.fits(value)) {
      const message = `${pathText(at)} is ${shorten(JSON.stringify(value))}; it must be ${rule.words}.`
      yield finding('manifest-config-value', message, manifest.place(at))
    } else if (keyword === 'pattern') {
      yield* checkPattern(schema, at, manifest)
    }
  }
  for (const [least, greatest] of ranges) {
    const [low, high] = [schema[least], schema[greatest]]
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) continue
    const message = `${pathText(path)} has ${least} ${low} above ${greatest} ${high}.`
    yield finding('manifest-config-range', message, manifest.place([...path, least]))
  }
}

function* checkPattern(schema: Record<string, unknown>, at: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  const { pattern, maxLength } = schema
  const problem = patternProblem(String(pattern), typeof maxLength === 'number' ? maxLength : undefined)
  if (problem === undefined) return
  const message = `${pathText(at)} ${shorten(String(pattern), 40)} ${problem}.`
  yield finding('manifest-config-pattern', message, manifest.place(at))
}

function* checkSecret(property: Record<string, unknown>, path: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  if (property.secret === undefined) return
  const at = [...path, 'secret']
  if (property.type !== 'string') {
    yield finding(
      'manifest-config-secret',
      `${pathText(at)} stands on type ${property.type}.`,
      manifest.place(at, 'key'),
    )
    return
  }
  for (const keyword of ['default', 'enum']) {
    if (property.secret !== true || !Object.hasOwn(property, keyword)) continue
    const message = `${pathText(path)} is a secret and shows its values in \`${keyword}\`.`
    yield finding('manifest-config-secret', message, manifest.place([...path, keyword], 'key'))
  }
}

function* checkItems(property: Record<string, unknown>, path: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  const at = [...path, 'items']
  const { items } = property
  if (!isObject(items) || items.type !== 'string') {
    const message = `${pathText(path)} is a list that does not say \`"items": { "type": "string" }\`.`
    const fix = 'Write `"items": { "type": "string" }`; lists of other things have no form.'
    yield finding('manifest-config-type', message, { ...manifest.place(at), fix })
    return
  }
  const findings = [...checkKeywords(items, at, manifest, 'item')]
  yield* findings
  if (findings.length === 0) yield* checkEnum({ ...items, type: 'string' }, at, manifest)
}

function* checkValues(property: ConfigProperty, path: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  yield* checkEnum(property, path, manifest)
  if (property.default === undefined) return
  const problem = misfit(property.default, property)
  if (problem === undefined) return
  const at = [...path, 'default']
  const message = `${pathText(at)} is ${shorten(JSON.stringify(property.default))}; ${problem}.`
  yield finding('manifest-config-default', message, manifest.place(at))
}

function* checkEnum(property: ConfigProperty, path: JsonPath, manifest: CheckedManifest): Iterable<Finding> {
  for (const [index, value] of (property.enum ?? []).entries()) {
    const problem = misfitOfType(value, property)
    if (problem === undefined) continue
    const at = [...path, 'enum', index]
    const message = `${pathText(at)} is ${shorten(JSON.stringify(value))}; ${problem}.`
    yield finding('manifest-config-value', message, manifest.place(at))
  }
}
