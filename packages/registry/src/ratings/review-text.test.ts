import { expect, test } from 'vitest'
import { readReviewText } from './review-text.ts'

test.each([
  ['**Good**, <script>alert(1)</script>', '**Good**, <script>alert(1)</script>'],
  ['  one\r\ntwo\rthree\n', 'one\ntwo\nthree'],
  ['\tcode\n\n- list 👩‍👩‍👧 עברית العربية', 'code\n\n- list 👩‍👩‍👧 עברית العربية'],
  [' \n\t ', null],
  ['', null],
])('%j is kept as it was typed', (written, text) => {
  expect(readReviewText(written, 'body.review')).toEqual({ text, findings: [] })
})

test.each([
  ['safe\u202eexe.txt', 'U+202E'],
  ['\u2066isolated\u2069', 'U+2066'],
  ['zero\u200bwidth', 'U+200B'],
  ['\u0000', 'U+0000'],
  ['bell\u0007', 'U+0007'],
  ['\u001b[31mred', 'U+001B'],
  ['\u0085', 'U+0085'],
  ['half \ud83d a pair', 'U+D83D'],
])('%j is refused by name', (written, name) => {
  const { text, findings } = readReviewText(written, 'body.review')
  expect(text).toBeNull()
  expect(findings).toMatchObject([{ path: 'body.review', message: expect.stringContaining(name) }])
})
