import { didYouMean } from './did-you-mean.ts'
import type { Finding, FindingMaker } from './finding.ts'
import { codePoints, type FormatName, formats } from './formats.ts'
import { forms } from './forms.ts'
import { isObject, type JsonPath, pathText } from './json-path.ts'
import { limits } from './limits.ts'
import type { JsonDocument } from './read-json.ts'
import { shorten } from './visible-text.ts'

/** One error of a generated validator, in ajv's form. */
export interface SchemaError {
  readonly keyword: string
  /** JSON pointer (RFC 6901) to the value. */
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  /** The key, when the error is about the name of a key. */
  readonly propertyName?: string
}

export interface SchemaValidator {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}

/** How the errors of one schema become findings. */
export interface SchemaWords<Code extends string> {
  /** What the root is called in a sentence, e.g. `manifest`. */
  readonly root: string
  /** ajv's keyword → code of the rule; `type` is the code of what is not here. */
  readonly codes: Readonly<Record<string, Code>> & { readonly type: Code }
  /** The keys that the object at a path knows; empty where any key may stand. */
  readonly keysOf: (path: JsonPath) => readonly string[]
  /** Keys of the root that other kinds of manifest have → what they are called here. */
  readonly otherNames: Readonly<Record<string, string>>
}

/** Errors about one value: the first in this order makes the others pointless. */
const valueKeywords = [
  'false schema',
  'type',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
]

export interface SchemaResult {
  findings: Finding[]
  /** What cannot be worked with. */
  broken: JsonPath[]
  /** Keys that are there under a wrong name, as `pathText`. */
  misspelt: ReadonlySet<string>
}

/** Turns errors into findings, one for each problem: `if` and `propertyNames` only repeat what was said inside. */
export function schemaFindings<Code extends string>(
  errors: readonly SchemaError[],
  document: JsonDocument,
  words: SchemaWords<Code>,
  finding: FindingMaker<Code>,
): SchemaResult {
  // Of a flood of errors the rest says nothing new, but takes its time.
  const problems = errors.slice(0, 2 * limits.findings.max).flatMap((error) => {
    const code = words.codes[error.propertyName === undefined ? error.keyword : 'propertyNames']
    const echo = error.keyword === 'if' || (error.keyword === 'propertyNames' && error.propertyName === undefined)
    return echo ? [] : { code: code ?? words.codes.type, ...problemOf(error, document, words) }
  })
  problems.sort((a, b) => valueKeywords.indexOf(a.keyword) - valueKeywords.indexOf(b.keyword))
  const misspelt = new Set(
    problems.flatMap((problem) => (problem.meant === undefined ? [] : [pathText(problem.meant)])),
  )
  const told = new Set<string>()
  const findings = problems.flatMap(({ code, keyword, path, of, message, fix }) => {
    const name = pathText(path)
    const subject = valueKeywords.includes(keyword) ? name : `${keyword} ${name}`
    if (told.has(subject) || document.reported.has(name)) return []
    told.add(subject)
    // A misspelt key is one problem, not an unknown key and a missing one.
    if (keyword === 'required' && misspelt.has(name)) return []
    return finding(code, message, { line: document.line(path, of), fix })
  })
  const broken = problems.filter((problem) => !problem.harmless).map((problem) => problem.path)
  return { findings, broken, misspelt }
}

interface Problem {
  keyword: string
  path: JsonPath
  of: 'key' | 'value'
  message: string
  fix?: string | undefined
  /** Path of the key that was probably meant. */
  meant?: JsonPath | undefined
  /** What is at the path can still be worked with. */
  harmless?: boolean
}

function problemOf(error: SchemaError, document: JsonDocument, words: SchemaWords<string>): Problem {
  const { path, value } = follow(error.instancePath, document.value)
  const { keyword, params } = error
  const subject = pathText(path) || `The ${words.root}`
  const text = (message: string): Problem => ({ keyword, path, of: 'value', message })
  const limit = Number(params.limit)

  if (error.propertyName !== undefined) {
    const key = [...path, error.propertyName]
    const message = `${pathText(key)} has a name that is not possible; it must be ${wordsOf(params.pattern)}.`
    return { ...text(message), keyword: 'propertyNames', path: key, of: 'key' }
  }
  switch (keyword) {
    case 'required': {
      const missing = [...path, String(params.missingProperty)]
      return { ...text(`${pathText(missing)} is missing.`), path: missing, harmless: path.length === 0 }
    }
    case 'additionalProperties':
      return unknownKey(String(params.additionalProperty), path, value, words)
    case 'false schema':
      return { ...text(`${subject} goes with \`"type": "paid"\` only.`), of: 'key' }
    case 'type':
      return text(`${subject} is ${document.excerpt(path)}; it must be ${typeWords(params.type)}.`)
    case 'enum':
    case 'const':
      return notAllowed(subject, document, path, params)
    case 'minLength':
    case 'maxLength': {
      const length = lengthOf(value)
      if (length === 0) return text(`${subject} is empty.`)
      const bound = keyword === 'minLength' ? `at least ${limit} are needed` : `at most ${limit} are allowed`
      return text(`${subject} has ${length} characters; ${bound}.`)
    }
    case 'pattern':
      return text(`${subject} is ${document.excerpt(path)}; it must be ${wordsOf(params.pattern)}.`)
    case 'format':
      return text(`${subject} is ${document.excerpt(path)}; it must be ${formatWords(params.format)}.`)
    case 'uniqueItems': {
      const [first, second] = [Number(params.i), Number(params.j)].sort((a, b) => a - b)
      const item = [...path, second ?? 0]
      const message = `${pathText(item)} repeats ${pathText([...path, first ?? 0])}, ${document.excerpt(item)}.`
      return { ...text(message), path: item, harmless: true }
    }
    case 'minItems':
    case 'maxItems':
    case 'maxProperties': {
      const bound = keyword === 'minItems' ? `at least ${limit} are needed` : `at most ${limit} are allowed`
      return text(`${subject} has ${lengthOf(value)} entries; ${bound}.`)
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return text(`${subject} is ${document.excerpt(path)}; it must be ${comparison(params.comparison)} ${limit}.`)
    default:
      // So that no error of the schema is ever silent.
      return text(`${subject} is ${document.excerpt(path)}, which the schema refuses (${keyword}).`)
  }
}

function unknownKey(key: string, path: JsonPath, object: unknown, words: SchemaWords<string>): Problem {
  const known = words.keysOf(path)
  const other = path.length === 0 && Object.hasOwn(words.otherNames, key) ? words.otherNames[key] : undefined
  const free = known.filter((name) => !Object.hasOwn(Object(object), name))
  const meant = didYouMean(key, free) ?? free.find((name) => name === other)
  const where = pathText(path) || `the ${words.root}`
  return {
    keyword: 'additionalProperties',
    path: [...path, key],
    of: 'key',
    message: `\`${shorten(key)}\` is not a key of ${where}${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`,
    fix: meant === undefined ? `Remove it; ${where} may have: ${known.join(', ')}.` : `Write \`${meant}\`.`,
    meant: meant === undefined ? undefined : [...path, meant],
    harmless: true,
  }
}

function notAllowed(subject: string, document: JsonDocument, path: JsonPath, params: SchemaError['params']): Problem {
  const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [String(params.allowedValue)]
  const value = document.excerpt(path)
  const meant = didYouMean(value.replaceAll('"', ''), allowed)
  const hint = meant === undefined ? `it must be ${listed(allowed)}.` : `did you mean "${meant}"?`
  // A list that the message has already is not said again.
  const fix = meant === undefined && allowed.length > 1 ? 'Write one of them.' : `Write ${listed(allowed)}.`
  return { keyword: 'enum', path, of: 'value', message: `${subject} is ${value}; ${hint}`, fix }
}

/** Where a JSON pointer leads. The values on the way tell which steps are places in lists. */
function follow(pointer: string, root: unknown): { path: JsonPath; value: unknown } {
  const path: (string | number)[] = []
  let value = root
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    path.push(Array.isArray(value) ? Number(key) : key)
    value = isObject(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined
  }
  return { path, value }
}

/** Characters, items or keys. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return codePoints(value)
  return Object.keys(Object(value)).length
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list `[…]`',
  object: 'an object `{…}`',
}

function typeWords(type: unknown): string {
  const names = (Array.isArray(type) ? type : [type]).map((name) => typeNames[String(name)] ?? String(name))
  return names.join(', ').replace(/, (?=[^,]*$)/, ' or ')
}

function wordsOf(pattern: unknown): string {
  return Object.values(forms).find((form) => form.pattern === pattern)?.words ?? `like ${pattern}`
}

function formatWords(format: unknown): string {
  return formats[format as FormatName]?.words ?? String(format)
}

function comparison(sign: unknown): string {
  return sign === '>' ? 'more than' : sign === '>=' ? 'at least' : 'at most'
}

function listed(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`)
  return quoted.length === 1 ? String(quoted[0]) : `one of ${quoted.join(', ')}`
}
