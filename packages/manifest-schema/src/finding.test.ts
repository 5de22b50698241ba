import { expect, test } from 'vitest'
import { type Finding, findingsOf, hasErrors, limitFindings, prefixRules, sortFindings } from './finding.ts'
import { limits } from './limits.ts'

const rules = {
  'a-rule': { severity: 'error', summary: 'A.', fix: 'Do a.' },
  'b-rule': { severity: 'warning', summary: 'B.', fix: 'Do b.' },
} as const
const finding = findingsOf(rules)

test('a finding has what its rule says, and the place and fix of the case', () => {
  expect(finding('a-rule', 'Wrong.')).toEqual({ code: 'a-rule', severity: 'error', message: 'Wrong.', fix: 'Do a.' })
  expect(finding('b-rule', 'Odd.', { path: 'x', line: 3, fix: 'Do c.' })).toEqual({
    code: 'b-rule',
    severity: 'warning',
    message: 'Odd.',
    fix: 'Do c.',
    path: 'x',
    line: 3,
  })
})

test('errors come first, then files, lines, codes and sentences', () => {
  const sorted = [
    finding('a-rule', '1'),
    finding('a-rule', '2', { path: 'a' }),
    finding('a-rule', '3', { path: 'a', line: 2 }),
    finding('a-rule', '4', { path: 'a', line: 10 }),
    finding('a-rule', '5', { path: 'a', line: 10 }),
    finding('a-rule', '0', { path: 'b', line: 1 }),
    finding('b-rule', '0', { path: 'a', line: 1 }),
  ]
  expect(sortFindings([...sorted].reverse())).toEqual(sorted)
})

test('only errors are errors', () => {
  expect(hasErrors([])).toBe(false)
  expect(hasErrors([finding('b-rule', 'Odd.')])).toBe(false)
  expect(hasErrors([finding('b-rule', 'Odd.'), finding('a-rule', 'Wrong.')])).toBe(true)
})

test('what nobody would read is left out, and said to be', () => {
  const more = (message: string): Finding => finding('b-rule', message)
  const full = Array.from({ length: limits.findings.max }, (_, line) => finding('a-rule', 'Wrong.', { line: line + 1 }))
  expect(limitFindings(full, more)).toEqual(full)
  const limited = limitFindings([...full, finding('b-rule', 'Odd.')], more)
  expect(limited.slice(0, -1)).toEqual(full)
  expect(limited.at(-1)?.message).toContain(String(limits.findings.max))
})

test('a prefix stands before each code', () => {
  expect(prefixRules('x', rules)['x-a-rule']).toBe(rules['a-rule'])
})
