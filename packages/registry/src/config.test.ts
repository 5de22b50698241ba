import { describe, expect, test } from 'vitest'
import { readConfig, settings } from './config.ts'

const problemsOf = (env: Record<string, string>): string[] => {
  const read = readConfig(env)
  return 'problems' in read ? read.problems : expect.fail('the settings were taken')
}
const configOf = (env: Record<string, string>) => {
  const read = readConfig(env)
  return 'config' in read ? read.config : expect.fail(read.problems.join('\n'))
}

test('without a setting everything is local and closed', () => {
  expect(configOf({})).toEqual({
    database: { engine: 'sqlite', path: './data/plexica.db' },
    storage: { kind: 'disk', folder: './data/blobs' },
    host: '127.0.0.1',
    port: 4873,
    publicUrl: undefined,
    cdnUrl: undefined,
    platformFile: undefined,
    secretKey: undefined,
    previousSecretKeys: [],
    retainRejectedDays: 30,
    retainYankedDays: undefined,
    trustProxy: 0,
    platformTokens: undefined,
    pipelineIssuers: [],
    rateLimits: { reads: 1200, writes: 600, publishes: 300, guesses: 60 },
    webhookAllowPrivate: false,
    logLevel: 'info',
  })
})

test('an empty setting is one that is not made', () => {
  const env = Object.fromEntries(Object.keys(settings).map((name) => [name, '  ']))
  expect(configOf(env)).toEqual(configOf({}))
})

test('every setting is read', () => {
  const key = Buffer.alloc(32, 250)
  const config = configOf({
    PLEXICA_DATABASE_URL: 'sqlite:///var/lib/plexica/rows.db',
    PLEXICA_STORAGE_URL: 's3://plugins?endpoint=https://s3.example.com/&region=eu-central-1',
    PLEXICA_HOST: '[::1]',
    PLEXICA_PORT: '0',
    PLEXICA_PUBLIC_URL: 'https://plugins.example.com/registry/',
    PLEXICA_CDN_URL: 'https://cdn.example.com',
    PLEXICA_PLATFORM_FILE: '/etc/plexica/platform.json',
    PLEXICA_SECRET_KEY: key.toString('base64'),
    PLEXICA_SECRET_KEY_PREVIOUS: [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')).join(', '),
    PLEXICA_RETAIN_REJECTED_DAYS: 'never',
    PLEXICA_RETAIN_YANKED_DAYS: '365',
    PLEXICA_TRUST_PROXY: '2',
    PLEXICA_JWT_ISSUER: 'https://id.example.com/',
    PLEXICA_JWT_AUDIENCE: 'plexica',
    PLEXICA_JWT_JWKS_URL: 'https://id.example.com/keys',
    PLEXICA_JWT_SUBJECT_CLAIM: 'preferred_username',
    PLEXICA_JWT_ROLE_CLAIM: 'realm_access.roles',
    PLEXICA_JWT_TENANT_CLAIM: 'https://example.com/tenant',
    PLEXICA_JWT_ROLES: 'a=b=publisher, owner=tenant-admin',
    PLEXICA_OIDC_ISSUERS: 'https://token.actions.githubusercontent.com, https://gitlab.example.com',
    PLEXICA_RATE_LIMITS: 'reads=5000,guesses=5',
    PLEXICA_WEBHOOK_ALLOW_PRIVATE: 'true',
    PLEXICA_LOG_LEVEL: 'debug',
  })
  expect(config).toEqual({
    database: { engine: 'sqlite', path: '/var/lib/plexica/rows.db' },
    storage: { kind: 's3', bucket: 'plugins', endpoint: 'https://s3.example.com', region: 'eu-central-1' },
    host: '::1',
    port: 0,
    publicUrl: 'https://plugins.example.com/registry',
    cdnUrl: 'https://cdn.example.com',
    platformFile: '/etc/plexica/platform.json',
    secretKey: key,
    previousSecretKeys: [Buffer.alloc(32, 1), Buffer.alloc(32, 2)],
    retainRejectedDays: undefined,
    retainYankedDays: 365,
    trustProxy: 2,
    platformTokens: {
      issuer: 'https://id.example.com/',
      audience: 'plexica',
      jwksUrl: 'https://id.example.com/keys',
      subjectClaim: 'preferred_username',
      roleClaim: 'realm_access.roles',
      tenantClaim: 'https://example.com/tenant',
      roles: new Map([
        ['a=b', 'publisher'],
        ['owner', 'tenant-admin'],
      ]),
    },
    pipelineIssuers: ['https://token.actions.githubusercontent.com', 'https://gitlab.example.com'],
    rateLimits: { reads: 5000, writes: 600, publishes: 300, guesses: 5 },
    webhookAllowPrivate: true,
    logLevel: 'debug',
  })
  expect(configOf({ PLEXICA_SECRET_KEY: key.toString('base64url') }).secretKey).toEqual(key)
  expect(configOf({ PLEXICA_RATE_LIMITS: 'off' }).rateLimits).toBeUndefined()
  expect(configOf({ PLEXICA_OIDC_ISSUERS: 'http://127.0.0.1:8080' }).pipelineIssuers).toEqual(['http://127.0.0.1:8080'])
  expect(configOf({ PLEXICA_STORAGE_URL: 'file:///srv/blobs' }).storage).toEqual({ kind: 'disk', folder: '/srv/blobs' })
})

test('all problems come at once, each with its setting', () => {
  const problems = problemsOf({
    PLEXICA_DATABASE_URL: 'mysql://localhost/plexica',
    PLEXICA_STORAGE_URL: 's3://',
    PLEXICA_HOST: 'http://localhost',
    PLEXICA_PORT: '70000',
    PLEXICA_PUBLIC_URL: 'plugins.example.com',
    PLEXICA_CDN_URL: 'https://cdn.example.com/?a=1',
    PLEXICA_SECRET_KEY: 'c2hvcnQ=',
    PLEXICA_SECRET_KEY_PREVIOUS: `${'A'.repeat(43)}=,c2hvcnQ=`,
    PLEXICA_LOG_LEVEL: 'loud',
  })
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'PLEXICA_DATABASE_URL',
    'PLEXICA_STORAGE_URL',
    'PLEXICA_HOST',
    'PLEXICA_PORT',
    'PLEXICA_PUBLIC_URL',
    'PLEXICA_CDN_URL',
    'PLEXICA_SECRET_KEY',
    'PLEXICA_SECRET_KEY_PREVIOUS',
    'PLEXICA_LOG_LEVEL',
  ])
})

test('an issuer without an audience would take tokens that were made for others', () => {
  expect(problemsOf({ PLEXICA_JWT_ISSUER: 'https://id.example.com' })).toEqual([
    'PLEXICA_JWT_AUDIENCE: write the audience that the tokens name.',
  ])
})

test.each(['postgres', 'postgresql'])('%s:// names a PostgreSQL database', (scheme) => {
  const url = `${scheme}://plexica:hunter2@db.example.com:5433/plexica?sslmode=verify-full`
  expect(configOf({ PLEXICA_DATABASE_URL: url }).database).toEqual({ engine: 'postgres', url })
})

describe('a setting that cannot be used', () => {
  test.each([
    ['PLEXICA_DATABASE_URL', 'sqlite:'],
    ['PLEXICA_DATABASE_URL', './plexica.db'],
    ['PLEXICA_DATABASE_URL', 'mysql://db.example.com/plexica'],
    ['PLEXICA_DATABASE_URL', 'postgres://db.example.com'],
    ['PLEXICA_DATABASE_URL', 'postgresql://db.example.com/plexica/rows'],
    ['PLEXICA_DATABASE_URL', 'postgres://db.example.com/plexica?sslmod=require'],
    ['PLEXICA_STORAGE_URL', 'file:'],
    ['PLEXICA_STORAGE_URL', './blobs'],
    ['PLEXICA_STORAGE_URL', 's3://bucket/folder'],
    ['PLEXICA_STORAGE_URL', 's3://bucket?endpont=https://s3.example.com'],
    ['PLEXICA_STORAGE_URL', 's3://bucket?endpoint=s3.example.com'],
    ['PLEXICA_HOST', 'localhost:4873'],
    ['PLEXICA_HOST', 'two words'],
    ['PLEXICA_PORT', '-1'],
    ['PLEXICA_PORT', '0x10'],
    ['PLEXICA_PORT', '1e3'],
    ['PLEXICA_PORT', '80.5'],
    ['PLEXICA_PUBLIC_URL', 'ftp://plugins.example.com'],
    ['PLEXICA_RETAIN_REJECTED_DAYS', '1.5'],
    ['PLEXICA_RETAIN_YANKED_DAYS', '-1'],
    ['PLEXICA_SECRET_KEY', `${'A'.repeat(42)}!=`],
    ['PLEXICA_SECRET_KEY', 'A'.repeat(64)],
    ['PLEXICA_TRUST_PROXY', 'true'],
    ['PLEXICA_JWT_JWKS_URL', 'http://id.example.com/keys'],
    ['PLEXICA_JWT_ROLE_CLAIM', 'two words'],
    ['PLEXICA_JWT_ROLES', 'boss'],
    ['PLEXICA_JWT_ROLES', 'boss=king'],
    ['PLEXICA_OIDC_ISSUERS', 'https://gitlab.example.com, http://gitlab.example.com'],
    ['PLEXICA_RATE_LIMITS', 'reads=0'],
    ['PLEXICA_RATE_LIMITS', 'toString=10'],
    ['PLEXICA_RATE_LIMITS', '1000'],
  ])('%s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([
      expect.stringMatching(`^${name}: write|^${name}: (s3|postgres):// takes`),
    ])
  })

  test.each([
    ['PLEXICA_DATABASE_URL', 'postgres://plexica:hunter2@db.example.com/'],
    ['PLEXICA_STORAGE_URL', 's3://AKIA:hunter2@bucket'],
    ['PLEXICA_STORAGE_URL', 'ftp://me:hunter2@files.example.com'],
    ['PLEXICA_PUBLIC_URL', 'https://me:hunter2@plugins.example.com'],
    ['PLEXICA_SECRET_KEY', 'hunter2'],
    ['PLEXICA_SECRET_KEY_PREVIOUS', 'hunter2'],
  ])('%s is never repeated, for it may hold a password', (name, value) => {
    expect(problemsOf({ [name]: value }).join()).not.toContain('hunter2')
  })
})
