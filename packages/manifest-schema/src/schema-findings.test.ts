import { expect, test } from 'vitest'
import { findingsOf } from './finding.ts'
import { readJson } from './read-json.ts'
import { type SchemaError, schemaFindings } from './schema-findings.ts'

const finding = findingsOf({ wrong: { severity: 'error', summary: 'Wrong.', fix: 'Correct it.' } })
const words = { root: 'file', codes: { type: 'wrong' as const }, keysOf: () => ['name'], otherNames: {} }

function messages(text: string, errors: SchemaError[]): string[] {
  const { document } = readJson(text, (_code, message) => finding('wrong', message))
  if (document === undefined) throw new Error('The text of the test is not JSON')
  return schemaFindings(errors, document, words, finding).findings.map(({ message }) => message)
}

test('an error of a keyword that nobody thought of is not silent', () => {
  const error = { keyword: 'multipleOf', instancePath: '/a~1b/0', params: { multipleOf: 2 } }
  expect(messages('{ "a/b": [3] }', [error])).toEqual(['["a/b"][0] is 3, which the schema refuses (multipleOf).'])
})

test('errors that only repeat others are left out', () => {
  const inner = { keyword: 'pattern', instancePath: '', propertyName: 'X', params: { pattern: '^[a-z]$' } }
  const outer = { keyword: 'propertyNames', instancePath: '', params: { propertyName: 'X' } }
  const condition = { keyword: 'if', instancePath: '', params: { failingKeyword: 'then' } }
  expect(messages('{ "X": 1 }', [inner, outer, condition])).toEqual([
    'X has a name that is not possible; it must be like ^[a-z]$.',
  ])
})

test('of one value, the first thing that is wrong is told', () => {
  const errors = ['pattern', 'minLength'].map((keyword) => ({ keyword, instancePath: '/a', params: { limit: 1 } }))
  expect(messages('{ "a": "" }', errors)).toEqual(['a is empty.'])
})
