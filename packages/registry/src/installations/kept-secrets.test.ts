import type { ConfigSchema } from '@plexica/manifest-schema'
import { expect, test } from 'vitest'
import { readKeeping } from './kept-secrets.ts'

const schema: ConfigSchema = {
  type: 'object',
  required: ['apiKey'],
  properties: {
    apiKey: { type: 'string', secret: true, minLength: 8 },
    mail: {
      type: 'object',
      required: ['host', 'password'],
      properties: { host: { type: 'string' }, password: { type: 'string', secret: true } },
    },
    note: { type: 'string' },
  },
}
const sealed = ['apiKey', 'mail.password']

test('a secret that is not given keeps its value, also in an object', () => {
  expect(readKeeping(schema, { mail: { host: 'a.example' } }, sealed).configuration).toEqual({
    plain: { mail: { host: 'a.example' } },
    secrets: new Map(),
    kept: sealed,
  })
})

test('a secret that is given replaces it', () => {
  expect(readKeeping(schema, { apiKey: 'another-one' }, sealed).configuration).toEqual({
    plain: {},
    secrets: new Map([['apiKey', 'another-one']]),
    kept: ['mail.password'],
  })
})

test('null removes a secret, but none that is required', () => {
  const { configuration } = readKeeping({ ...schema, required: [] }, { apiKey: null }, sealed)
  expect(configuration).toEqual({ plain: {}, secrets: new Map(), kept: ['mail.password'] })
  const { findings } = readKeeping(schema, { apiKey: null, mail: { host: 'a', password: null } }, sealed)
  expect(findings.map(({ message }) => message).sort()).toEqual([
    'configuration.apiKey is missing.',
    'configuration.mail.password is missing.',
  ])
})

test('null is no value of anything else, and keeps nothing that was never set', () => {
  const { findings } = readKeeping(schema, { note: null, apiKey: null }, [])
  expect(findings.map(({ message }) => message).sort()).toEqual([
    'configuration.apiKey is missing.',
    'configuration.note must be of the type string.',
  ])
})

test('what was sealed under a name that is no secret of the plugin is not kept', () => {
  expect(readKeeping(schema, {}, [...sealed, 'note', 'toString']).configuration?.kept).toEqual(sealed)
})
