import { describe, expect, test } from 'vitest'
import { type PolicyFacts, policyRule, type ReviewPolicy, readReviewPolicy } from './review-policy.ts'

const rule: ReviewPolicy['rules'][number] = {
  name: 'house',
  trustedOwners: ['ann'],
  maxSeverity: 'info',
  newCapabilities: false,
}
const policy: ReviewPolicy = { rules: [rule] }

describe('a decision', () => {
  const none = { items: [], total: 0 }
  const names = (...items: string[]) => ({ added: { items, total: items.length }, removed: none })
  const facts: PolicyFacts = {
    people: ['ann', 'ann'],
    owners: ['ann'],
    findings: [],
    delta: { permissions: names(), hosts: names(), parts: { added: [], removed: [] } },
    isFirst: false,
    isResubmission: false,
  }
  const all = {
    permissions: names('orders:read'),
    hosts: names('a.example'),
    parts: { added: ['backend'], removed: [] },
  }
  const first = { isFirst: true, delta: all }
  const allowing = { rules: [{ ...rule, firstVersions: true }] }

  test.each<[string, Partial<PolicyFacts>, ReviewPolicy, string | undefined]>([
    ['a trusted owner’s', {}, policy, 'house'],
    ['with a note', { findings: [{ severity: 'info' }] }, policy, 'house'],
    ['with a warning', { findings: [{ severity: 'info' }, { severity: 'warning' }] }, policy, undefined],
    ['with an error', { findings: [{ severity: 'error' }] }, policy, undefined],
    ['of an owner who is not trusted', { people: ['bob', 'bob'], owners: ['ann', 'bob'] }, policy, undefined],
    ['of somebody trusted who is no owner', { owners: ['bob'] }, policy, undefined],
    [
      'sent by one owner, submitted by a trusted one',
      { people: ['bob', 'ann'], owners: ['ann', 'bob'] },
      policy,
      undefined,
    ],
    ['submitted by a super-admin', { people: ['ann', 'sue'] }, policy, undefined],
    ['with a new permission', { delta: { ...facts.delta, permissions: names('orders:read') } }, policy, undefined],
    ['with a new host', { delta: { ...facts.delta, hosts: names('a.example') } }, policy, undefined],
    ['with a backend', { delta: { ...facts.delta, parts: { added: ['backend'], removed: [] } } }, policy, undefined],
    [
      'that may do less',
      { delta: { ...facts.delta, hosts: { added: none, removed: { items: ['a'], total: 1 } } } },
      policy,
      'house',
    ],
    ['after a rejection', { isResubmission: true }, policy, undefined],
    ['a first one', first, policy, undefined],
    ['a first one, by a rule for those', first, allowing, 'house'],
    ['a first one with a warning', { ...first, findings: [{ severity: 'warning' }] }, allowing, undefined],
    ['a later one with new capabilities, by a rule for first ones', { delta: all }, allowing, undefined],
    [
      'of the second rule',
      { people: ['bob', 'bob'], owners: ['bob'] },
      { rules: [rule, { ...rule, name: 'partner', trustedOwners: ['bob'] }] },
      'partner',
    ],
    ['of both rules', {}, { rules: [rule, { ...rule, name: 'partner' }] }, 'house'],
  ])('about a version %s', (_name, different, rules, name) => {
    expect(policyRule(rules, { ...facts, ...different })?.rule).toBe(name)
  })
})

describe('a policy file', () => {
  const read = (value: unknown) => readReviewPolicy(JSON.stringify(value))

  test('is read', () => {
    const whole = { rules: [{ ...rule, firstVersions: true }] }
    expect(read(whole)).toEqual({ policy: whole })
  })

  test.each<[string, unknown, string[]]>([
    ['no rules', {}, ['The policy needs the field rules.']],
    ['an empty list', { rules: [] }, ['rules must NOT have fewer than 1 items.']],
    ['a list', [], ['The policy must be object.']],
    [
      'a laxer severity',
      { rules: [{ ...rule, maxSeverity: 'warning' }] },
      ['rules.0.maxSeverity must be "info": nothing else is possible.'],
    ],
    [
      'new capabilities',
      { rules: [{ ...rule, newCapabilities: true }] },
      ['rules.0.newCapabilities must be false: nothing else is possible.'],
    ],
    ['an unknown field', { rules: [{ ...rule, maxFindings: 3 }] }, ['rules.0 has no field maxFindings.']],
    [
      'nobody',
      { rules: [{ ...rule, trustedOwners: [] }] },
      ['rules.0.trustedOwners must NOT have fewer than 1 items.'],
    ],
    ['a name twice', { rules: [rule, rule] }, ['Two rules have the name house.']],
  ])('with %s is refused', (_name, value, problems) => {
    expect(read(value)).toEqual({ problems })
  })

  test('all problems are told at once', () => {
    const { name: _, ...nameless } = rule
    expect(read({ rules: [nameless, { ...rule, trustedOwners: ['Ann Lee'] }], more: 1 })).toEqual({
      problems: [
        'The policy has no field more.',
        'rules.0 needs the field name.',
        expect.stringMatching(/^rules\.1\.trustedOwners\.0 must match pattern/),
      ],
    })
  })

  test('that is not JSON', () => {
    expect(readReviewPolicy('rules: []')).toEqual({ problems: ['It is not JSON (RFC 8259).'] })
  })
})
