import { describe, expect, test } from 'vitest'
import { inspectRules, packageRules, rulesTable } from '../src/index.ts'

test('the table has one row for each rule, and each row four cells', () => {
  const rows = rulesTable().trimEnd().split('\n')
  expect(rows).toHaveLength(Object.keys(packageRules).length + 2)
  for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6)
  for (const code of Object.keys(packageRules)) expect(rows.some((row) => row.startsWith(`| \`${code}\` |`))).toBe(true)
})

describe('each rule says what it is about and what to do', () => {
  test.each(Object.entries(packageRules))('%s', (code, { summary, fix }) => {
    expect(code).toMatch(/^(archive|code|secret|capability|listing|picture|manifest|compatibility)(-[a-z0-9]+)+$/)
    expect(summary).toMatch(/^[^\n]{15,}[.]$/)
    expect(fix).toMatch(/^[^\n]{8,}[.]$/)
  })
})

test('the rules of this package are among all rules', () => {
  expect(Object.keys(packageRules)).toEqual(expect.arrayContaining(Object.keys(inspectRules)))
})
