import { expect, test } from 'vitest'
import { joinLines, wrapText } from './wrap-text.ts'

const long = 'one two three four five six seven eight nine ten eleven twelve'

test('lines break between words, below their own beginning', () => {
  expect(wrapText(`  ${long}`, 40)).toBe('  one two three four five six seven\n  eight nine ten eleven twelve')
  expect(wrapText(`  fix: ${long}`, 40)).toBe(
    '  fix: one two three four five six seven\n       eight nine ten eleven twelve',
  )
  expect(wrapText(`- ${long}\nshort`, 40)).toBe(
    '- one two three four five six seven\n  eight nine ten eleven twelve\nshort',
  )
})

test('nothing is lost or added where nothing can be broken', () => {
  const word = 'x'.repeat(60)
  expect(wrapText(word, 40)).toBe(word)
  expect(wrapText(`${word} end`, 40)).toBe(`${word}\nend`)
  expect(wrapText(`| ${long} |`, 40)).toBe(`| ${long} |`)
  expect(wrapText('a  b', 40)).toBe('a  b')
})

test('paragraphs and items are one line each; headings, tables and code stay as they are', () => {
  const text =
    '# Title\nOne\ntwo.\n\n- item\n  more\n- other\n1. first\n   more\n\n| a | b |\n| - | - |\n\n```\nx\ny\n```\nend'
  expect(joinLines(`\n${text}\n`)).toBe(
    '\n# Title\nOne two.\n\n- item more\n- other\n1. first more\n\n| a | b |\n| - | - |\n\n```\nx\ny\n```\nend\n',
  )
})

test('a terminal without columns, or without room, gets the line as it is', () => {
  for (const columns of [undefined, 0, 1, 39]) expect(wrapText(long, columns)).toBe(long)
})
