import type { Finding } from '@plexica/manifest-schema'
import { expect, test } from 'vitest'
import { type RiskFacts, riskOf } from './submission-risk.ts'

const names = (...items: string[]) => ({ added: { items, total: items.length }, removed: { items: [], total: 0 } })
const quiet: RiskFacts = {
  findings: [],
  delta: { permissions: names(), hosts: names(), parts: { added: [], removed: [] } },
  isFirst: false,
}
const severities = (...all: Finding['severity'][]) => all.map((severity) => ({ severity }))
const delta = (changes: Partial<RiskFacts['delta']>) => ({ delta: { ...quiet.delta, ...changes } })

test.each<[string, Partial<RiskFacts>, number]>([
  ['nothing', {}, 0],
  ['a note', { findings: severities('info') }, 1],
  ['many notes', { findings: Array.from({ length: 50 }, () => ({ severity: 'info' as const })) }, 9],
  ['a warning and a note', { findings: severities('info', 'warning') }, 11],
  ['many warnings', { findings: Array.from({ length: 50 }, () => ({ severity: 'warning' as const })) }, 100],
  ['a first version', { isFirst: true }, 10],
  ['a new permission', delta({ permissions: names('orders:read') }), 20],
  ['a permission less', delta({ permissions: { ...names(), removed: { items: ['a:b'], total: 1 } } }), 0],
  ['a new host and a permission', delta({ hosts: names('a.example'), permissions: names('orders:read') }), 40],
  ['more hosts than are listed', delta({ hosts: { ...names(), added: { items: [], total: 300 } } }), 200],
  ['a backend', delta({ parts: { added: ['backend'], removed: [] } }), 30],
  ['a frontend', delta({ parts: { added: ['frontend'], removed: [] } }), 0],
  ['an error', { findings: severities('error', 'error') }, 1000],
])('%s', (_name, facts, risk) => {
  expect(riskOf({ ...quiet, ...facts })).toBe(risk)
})

test('a new capability comes before a warning, a warning before a note', () => {
  const capability = riskOf({ ...quiet, ...delta({ hosts: names('a.example') }) })
  const warning = riskOf({ ...quiet, findings: severities('warning') })
  const note = riskOf({ ...quiet, findings: severities('info') })
  expect([note, capability, warning].toSorted((a, b) => b - a)).toEqual([capability, warning, note])
})
