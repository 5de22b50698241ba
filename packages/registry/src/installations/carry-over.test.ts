import type { ConfigSchema } from '@plexica/manifest-schema'
import { describe, expect, test } from 'vitest'
import { carryOver, type SetConfiguration } from './carry-over.ts'

const next: ConfigSchema = {
  type: 'object',
  required: ['apiKey', 'region'],
  properties: {
    apiKey: { type: 'string', secret: true, minLength: 8 },
    region: { type: 'string', enum: ['eu', 'us'] },
    perPage: { type: 'integer', maximum: 20, default: 10 },
    note: { type: 'string' },
    mail: {
      type: 'object',
      properties: { host: { type: 'string', default: 'localhost' }, password: { type: 'string', secret: true } },
    },
  },
}

const before = (plain: SetConfiguration['plain'], secrets: Record<string, string | undefined> = {}) => ({
  plain,
  secrets: new Map(Object.entries(secrets)),
})
const words = (findings: { code: string; message: string }[]) => findings.map((one) => `${one.code}: ${one.message}`)

describe('a configuration that fits the new version too', () => {
  test('stays, with its secrets sealed as they are and new defaults filled in', () => {
    const had = before({ region: 'eu', mail: {} }, { apiKey: 'correct-horse', 'mail.password': 'x' })
    expect(carryOver(had, next, {})).toEqual({
      configuration: {
        plain: { region: 'eu', perPage: 10, mail: { host: 'localhost' } },
        secrets: new Map(),
        kept: ['apiKey', 'mail.password'],
      },
      findings: [],
    })
  })

  test('gives way, setting by setting, to what is given now', () => {
    const had = before({ region: 'eu', perPage: 5, mail: { host: 'a.example' } }, { apiKey: 'old-secret' })
    const { configuration, findings } = carryOver(had, next, {
      region: 'us',
      apiKey: 'new-secret',
      mail: { password: 'y' },
    })
    expect(findings).toEqual([])
    expect(configuration).toEqual({
      plain: { region: 'us', perPage: 5, mail: { host: 'a.example' } },
      secrets: new Map([
        ['apiKey', 'new-secret'],
        ['mail.password', 'y'],
      ]),
      kept: [],
    })
  })

  test('of which null removes a secret', () => {
    const had = before({ region: 'eu', mail: {} }, { apiKey: 'correct-horse', 'mail.password': 'x' })
    expect(carryOver(had, next, { mail: { password: null } }).configuration?.kept).toEqual(['apiKey'])
    expect(words(carryOver(had, next, { apiKey: null }).findings)).toEqual([
      'configuration-missing: configuration.apiKey is missing.',
    ])
  })
})

describe('what does not fit any more', () => {
  test('falls back to its default, or is asked for', () => {
    const had = before({ region: 'mars', perPage: 50 }, { apiKey: 'short' })
    const { configuration, findings } = carryOver(had, next, {})
    expect(configuration).toBeUndefined()
    expect(words(findings)).toEqual([
      'configuration-missing: configuration.apiKey is missing.',
      'configuration-missing: configuration.region is missing.',
      'configuration-not-carried: configuration.region does not fit any more.',
      'configuration-not-carried: configuration.perPage does not fit any more.',
      'configuration-not-carried: configuration.apiKey does not fit any more.',
    ])
    const answered = carryOver(had, next, { region: 'eu', apiKey: 'long-enough' })
    expect(answered.configuration?.plain).toEqual({ region: 'eu', perPage: 10 })
    expect(words(answered.findings)).toEqual([
      'configuration-not-carried: configuration.perPage does not fit any more.',
    ])
    expect(JSON.stringify([findings, answered.findings])).not.toMatch(/mars|short|long-enough/)
  })

  test('loses its place with the setting, and is told', () => {
    const had = before({ region: 'eu', colour: 'red', old: { a: 1 } }, { apiKey: 'correct-horse', token: 't' })
    const { configuration, findings } = carryOver(had, next, {})
    expect(configuration).toMatchObject({ plain: { region: 'eu', perPage: 10 }, kept: ['apiKey'] })
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'configuration-removed configuration.colour',
      'configuration-removed configuration.old.a',
      'configuration-removed configuration.token',
    ])
    expect(carryOver(had, undefined, {}).configuration).toEqual({ plain: {}, secrets: new Map(), kept: [] })
  })

  test.each([
    ['a text that became an object', { region: 'eu', mail: 'a.example' }],
    ['an object that became a text', { region: 'eu', note: { a: 1 } }],
    ['a list that became a text', { region: 'eu', note: ['a'] }],
  ])('%s', (_name, plain) => {
    const { configuration, findings } = carryOver(before(plain, { apiKey: 'correct-horse' }), next, {})
    expect(configuration?.plain).toEqual({ region: 'eu', perPage: 10 })
    expect(findings).toHaveLength(1)
    expect(findings[0]?.severity).not.toBe('error')
  })
})

describe('secrets', () => {
  test('never become values that can be read', () => {
    const had = before({ region: 'eu' }, { apiKey: 'correct-horse', note: 'a secret note' })
    const { configuration, findings } = carryOver(had, next, {})
    expect(configuration).toEqual({ plain: { region: 'eu', perPage: 10 }, secrets: new Map(), kept: ['apiKey'] })
    expect(words(findings)).toEqual(['configuration-not-carried: configuration.note does not fit any more.'])
  })

  test('are made of values that were readable', () => {
    const { configuration } = carryOver(before({ region: 'eu', apiKey: 'was-in-the-open' }), next, {})
    expect(configuration).toEqual({
      plain: { region: 'eu', perPage: 10 },
      secrets: new Map([['apiKey', 'was-in-the-open']]),
      kept: [],
    })
  })

  test('that nobody can open are kept unseen', () => {
    const { configuration, findings } = carryOver(before({ region: 'eu' }, { apiKey: undefined }), next, {})
    expect(configuration?.kept).toEqual(['apiKey'])
    expect(findings).toEqual([])
  })
})

test('settings may have the names of what every object inherits', () => {
  const text = { type: 'string' } as const
  const odd: ConfigSchema = { type: 'object', properties: { constructor: text, toString: { ...text, secret: true } } }
  expect(carryOver(before({}), odd, {}).configuration?.plain).toEqual({})
  expect(carryOver(before({ constructor: 'x' }, { toString: 'y' }), odd, {}).configuration).toEqual({
    plain: { constructor: 'x' },
    secrets: new Map(),
    kept: ['toString'],
  })
  const given = JSON.parse('{"__proto__": {"polluted": 1}}')
  expect(carryOver(before({}), odd, given).findings).toMatchObject([{ code: 'configuration-unknown' }])
  expect(Object.prototype).not.toHaveProperty('polluted')
})

test('objects inside objects without end are refused with a finding', () => {
  const deep = JSON.parse(`${'{"region":'.repeat(20_000)}1${'}'.repeat(20_000)}`)
  const had = before({ region: 'eu' }, { apiKey: 'correct-horse' })
  expect(carryOver(had, next, deep).findings[0]).toMatchObject({ code: 'configuration-value' })
  expect(carryOver(had, next, { mail: deep }).findings[0]).toMatchObject({ code: 'configuration-unknown' })
})
