import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternProblem } from './pattern-work.ts'

test.each([
  '^[A-Z]{3}$',
  '[A-Z]{3}',
  '^\\d+$',
  '^.+@.+$',
  '^https://',
  '^sk_(live|test)_[A-Za-z0-9]{24,}$',
  '^\\d{1,3}(\\.\\d{1,3}){3}$',
  '^\\p{L}[\\p{L}\\d ]*$',
  '^(?<half>a)\\k<half>$',
  '^(?=.*\\d)[a-z\\d]{8,}$',
  '^a$|^b$',
  '',
])('%s is quick on every text', (pattern) => {
  expect(patternProblem(pattern)).toBeUndefined()
})

test.each([
  ['^(a+)+$', 'steps'],
  ['^(a|a)*$', 'steps'],
  ['^(a?){50}$', 'steps'],
  ['^\\d+\\.\\d+\\.\\d+$', 'steps on a text of 4000'],
  ['^[a-z]+(-[a-z]+)*$', 'steps'],
  ['a+b+', 'steps'],
  ['^(?:(?:(?:(?=a)){9999}){9999}){9999}', 'written out'],
  ['(?<=a)b', 'look-behind'],
  ['(', 'not a regular expression'],
  ['^\\-$', 'not a regular expression'],
  [`^${'a'.repeat(200)}`, '201 characters'],
])('%s is refused: %s', (pattern, reason) => {
  expect(patternProblem(pattern)).toContain(reason)
})

test('a smaller maxLength makes room for more', () => {
  expect(patternProblem('^\\d+\\.\\d+\\.\\d+$', 100)).toBeUndefined()
  expect(patternProblem('a+b+', 100)).toBeUndefined()
  expect(patternProblem('^(a+)+$', 100)).toBeDefined()
})

/** Texts that make a backtracking engine try everything: one letter over and over, and an end that does not fit. */
const hard = ['a', 'b', 'ab', '1'].flatMap((unit) => [unit.repeat(150), `${unit.repeat(150)}!`])

test('what is accepted for texts of 300 characters ends within a second on hard ones', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '\\w',
    '\\d',
    '(?:a|b)',
    '(?:ab)',
    '(?:a|a)',
    '(?:a*)',
    '(?:a|b*)',
  )
  const sign = fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,30}', '{2,}', '*?')
  const pattern = fc
    .array(
      fc.tuple(atom, sign).map((pair) => pair.join('')),
      { minLength: 1, maxLength: 6 },
    )
    .chain((parts) =>
      fc.constantFrom(`^${parts.join('')}$`, parts.join(''), `^(?:${parts.join('')})+$`, `${parts.join('')}!`),
    )
  fc.assert(
    fc.property(pattern, (text) => {
      fc.pre(patternProblem(text, 300) === undefined)
      const regex = new RegExp(text, 'u')
      const start = performance.now()
      for (const subject of hard) regex.test(subject)
      expect(performance.now() - start).toBeLessThan(1_000 * hard.length)
    }),
    { numRuns: 300 },
  )
})
