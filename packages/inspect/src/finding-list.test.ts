import { limits, type Severity } from '@plexica/manifest-schema/validate'
import { expect, test } from 'vitest'
import { FindingList } from './finding-list.ts'

const finding = (severity: Severity, path: string) => ({ code: 'c', severity, message: 'm', fix: 'f', path })
const many = (severity: Severity, count: number) =>
  Array.from({ length: count }, (_, index) => finding(severity, String(index)))

test('a list within the limit is only sorted', () => {
  const list = new FindingList()
  list.add([finding('info', 'a'), finding('error', 'b')])
  list.add([finding('error', 'a')])
  expect(list.sorted().map(({ severity, path }) => `${severity} ${path}`)).toEqual(['error a', 'error b', 'info a'])
})

test('exactly the limit is not too many', () => {
  const list = new FindingList()
  list.add(many('warning', limits.findings.max))
  expect(list.sorted().map(({ code }) => code)).not.toContain('archive-more-findings')
})

test('of too many, errors stay, and one finding says how many are left out', () => {
  const list = new FindingList()
  list.add(many('warning', 2 * limits.findings.max))
  list.add(many('error', 3))
  const sorted = list.sorted()
  expect(sorted).toHaveLength(limits.findings.max)
  expect(sorted.filter(({ severity }) => severity === 'error')).toHaveLength(3)
  expect(sorted.at(-1)).toMatchObject({
    code: 'archive-more-findings',
    message: `${limits.findings.max + 4} more findings are not shown.`,
  })
})
