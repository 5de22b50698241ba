import type { ConfigProperty, ConfigSchema } from '@plexica/manifest-schema'
import { describe, expect, test } from 'vitest'
import { readConfiguration } from './configuration.ts'

const schema: ConfigSchema = {
  type: 'object',
  required: ['apiKey', 'region'],
  properties: {
    apiKey: { type: 'string', secret: true, minLength: 8 },
    region: { type: 'string', enum: ['eu', 'us'] },
    perPage: { type: 'integer', minimum: 1, maximum: 50, default: 20 },
    contact: { type: 'string', format: 'email' },
    hosts: { type: 'array', items: { type: 'string', maxLength: 20 }, uniqueItems: true, maxItems: 3 },
    smtp: {
      type: 'object',
      required: ['host'],
      properties: {
        host: { type: 'string' },
        port: { type: 'integer', default: 587 },
        password: { type: 'string', secret: true },
      },
    },
  },
}

describe('a configuration that fits', () => {
  test('has its defaults filled in and its secrets apart, nested ones under a dotted name', () => {
    const given = { apiKey: 'hunter2-hunter2', region: 'eu', smtp: { host: 'mail.example', password: 'pa55' } }
    expect(readConfiguration(schema, given)).toEqual({
      configuration: {
        plain: { region: 'eu', perPage: 20, smtp: { host: 'mail.example', port: 587 } },
        secrets: new Map([
          ['apiKey', 'hunter2-hunter2'],
          ['smtp.password', 'pa55'],
        ]),
      },
      findings: [],
    })
    expect(given).toEqual({ apiKey: 'hunter2-hunter2', region: 'eu', smtp: { host: 'mail.example', password: 'pa55' } })
  })

  test('is empty for a plugin that asks for nothing', () => {
    const { configuration } = readConfiguration(undefined, {})
    expect(configuration).toEqual({ plain: {}, secrets: new Map() })
  })

  test('may have settings with the names of what every object inherits', () => {
    const text = { type: 'string' } as const
    const odd: ConfigSchema = {
      type: 'object',
      required: ['constructor'],
      properties: { constructor: text, toString: { ...text, secret: true } },
    }
    expect(readConfiguration(odd, {}).findings).toMatchObject([{ message: 'configuration.constructor is missing.' }])
    const { configuration } = readConfiguration(odd, { constructor: 'x' })
    expect(configuration).toEqual({ plain: { constructor: 'x' }, secrets: new Map() })
  })
})

describe('a configuration that does not fit', () => {
  test('gets all findings at once, with the choices and never with a value', () => {
    const { configuration, findings } = readConfiguration(schema, {
      apiKey: 'hunter2',
      perPage: 2.5,
      contact: 'not-an-address',
      hosts: ['a.example', 'a.example', 7],
      smtp: { port: 'hunter2', tls: true },
      apikey: 'hunter2-hunter2',
    })
    expect(configuration).toBeUndefined()
    expect(findings.map(({ code, message }) => `${code}: ${message}`).sort()).toEqual([
      'configuration-missing: configuration.region is missing.',
      'configuration-missing: configuration.smtp.host is missing.',
      'configuration-unknown: configuration.apikey is not a setting of this plugin.',
      'configuration-unknown: configuration.smtp.tls is not a setting of this plugin.',
      'configuration-value: configuration.apiKey must have at least 8 characters.',
      'configuration-value: configuration.contact must be an e-mail address.',
      'configuration-value: configuration.hosts must not have the same item twice.',
      'configuration-value: configuration.hosts.2 must be of the type string.',
      'configuration-value: configuration.perPage must be of the type integer.',
      'configuration-value: configuration.smtp.port must be of the type integer.',
    ])
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })

  const misfits: [Partial<ConfigProperty>, unknown, string][] = [
    [{ enum: ['eu', 'us'] }, 'mars', 'must be one of eu, us'],
    [{ pattern: '^[a-z]+$' }, 'A', 'must match ^[a-z]+$'],
    [{ maxLength: 2 }, 'abc', 'must have at most 2 characters'],
    [{ format: 'date' }, '2026-02-30', 'must be a date such as 2026-03-31'],
    [{ type: 'number', minimum: 1 }, 0, 'must be at least 1'],
    [{ type: 'number', maximum: 1 }, 2, 'must be at most 1'],
    [{ type: 'array', minItems: 1 }, [], 'must have at least 1 items'],
    [{ type: 'array', maxItems: 1 }, ['a', 'b'], 'must have at most 1 items'],
    [{ type: 'boolean' }, 'yes', 'must be of the type boolean'],
  ]

  test.each(misfits)('says in words what %j asks for', (property, value, words) => {
    const one = { type: 'object', properties: { it: { type: 'string', ...property } } } satisfies ConfigSchema
    expect(readConfiguration(one, { it: value }).findings).toMatchObject([{ message: `configuration.it ${words}.` }])
  })

  test.each([
    [
      'a key that would reach the prototype',
      JSON.parse('{"__proto__": {"polluted": 1}, "apiKey": "12345678", "region": "eu"}'),
    ],
    [
      'lists inside lists without end',
      { apiKey: '12345678', region: 'eu', hosts: JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) },
    ],
    ['an object where a text belongs', { apiKey: {}, region: 'eu' }],
    ['a list where an object belongs', { apiKey: '12345678', region: 'eu', smtp: [] }],
    ['null where an object belongs', { apiKey: '12345678', region: 'eu', smtp: null }],
  ])('is refused with a finding: %s', (_name, given) => {
    const { configuration, findings } = readConfiguration(schema, given)
    expect(configuration).toBeUndefined()
    expect(findings).toHaveLength(1)
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})
