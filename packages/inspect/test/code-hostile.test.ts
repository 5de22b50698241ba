import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanScript } from '../src/code/scan-script.ts'
import { processorSeconds } from './code-clock.ts'

const scan = (source: string) => scanScript({ path: 'x.js', source, target: 'browser' })
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index))

/** In seconds. Each of these scripts took minutes, or the whole stack, before something was done about it. */
const soon = 10

/** Scripts made to break a scanner: each has to end with an answer. */
test.each([
  ['parentheses', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['a sum of texts', `x = ${many(100_000, () => '"a"').join('+')}`],
  ['arrow functions', `${'a => '.repeat(100_000)}1`],
  ['functions', `${'function f(){'.repeat(5_000)}${'}'.repeat(5_000)}`],
  ['blocks with names', `${'{let a;'.repeat(3_000)}${'f(a);'.repeat(20_000)}${'}'.repeat(3_000)}`],
  ['templates', `${'`${'.repeat(20_000)}1${'}`'.repeat(20_000)}`],
])('%s nested without end are too deep', (_name, source) => {
  const seconds = processorSeconds(() => {
    expect(scan(source).findings).toMatchObject([{ code: 'code-too-deep', severity: 'error' }])
  })
  expect(seconds).toBeLessThan(soon)
})

test.each([
  ['declarations', many(300_000, (index) => `let a${index}=1`).join(';')],
  ['exports', many(30_000, (index) => `export let a${index}=1`).join(';')],
  ['names for names', `var a0=window;${many(3_000, (index) => `var a${index + 1}=a${index};`).join('')}a3000.x()`],
  ['texts that double', `var a0="xxxxxxxxxx";${many(100, (i) => `var a${i + 1}=a${i}+a${i};`).join('')}fetch(a100)`],
  ['choices that double', `var a0="x";${many(300, (i) => `var a${i + 1}=q?a${i}:a${i};`).join('')}fetch(a300)`],
  [
    'a table of functions',
    `const o={${many(60_000, (i) => `a${i}:1`).join()}};${many(60_000, (i) => `o.a${i}(1)`).join(';')}`,
  ],
  ['a function that is given itself', `function f(x){return f(x(f))} ${'f(f,f);'.repeat(20_000)}`],
  ['a variable made from itself', 'var a = a + "x"; a = a.b.c(a); fetch(a); a(); a.b.constructor(a)'],
  ['a long chain', `a${'.b("https://x.example")'.repeat(2_000)}`],
  ['commas', `${'a,'.repeat(100_000)}1`],
  ['numbers to join', `x=[${'"a",'.repeat(100_000)}].join("");fetch(x)`],
])(
  '%s end soon',
  (_name, source) => {
    const seconds = processorSeconds(() => {
      const codes = scan(source).findings.map(({ code }) => code)
      expect(codes).not.toContain('code-unparsable')
      expect(codes).not.toContain('code-too-deep')
    })
    expect(seconds).toBeLessThan(soon)
  },
  60_000,
)

test.each([
  ['export {', 1],
  ['const a = 1\nconst b = ;\n', 2],
  ['<!doctype html>', 1],
  ['\n\n"unterminated', 3],
  ['with (x) {}', 1],
  ['export { a }; export { a }', 1],
])('%j is told as unreadable, with its line', (source, line) => {
  expect(scan(source)).toEqual({
    findings: [expect.objectContaining({ code: 'code-unparsable', severity: 'error', path: 'x.js', line })],
    hosts: [],
    permissions: [],
    exports: [],
    imports: [],
    foreign: [],
  })
})

test.each(['', '\ufeffexport const a = 1', '#!/usr/bin/env node\nexport const a = 1', 'let a; let b', '// nothing'])(
  '%j is harmless',
  (source) => expect(scan(source).findings).toEqual([]),
)

const words = [
  'eval',
  'window',
  '"https://a.example"',
  'fetch',
  'constructor',
  'Function',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '.',
  ',',
  '=>',
  '+',
  '=',
  ';',
  '`',
  '${',
  'a',
  'let ',
  'import',
  '...',
  '?.',
  'new ',
  '\u3164',
  '"\\x41"',
]

test('nothing that looks like a script makes the scan throw', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (parts) => {
      const { findings } = scan(parts.join(''))
      for (const finding of findings) expect(finding).toMatchObject({ path: 'x.js', fix: expect.any(String) })
    }),
    { numRuns: 3_000 },
  )
})
