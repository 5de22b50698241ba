import { randomUUID } from 'node:crypto'
import { createClient } from '@plexica/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { everyRow } from './fresh-database.ts'
import { refusalOf } from './refusal-of.ts'
import { sendPackage } from './send-package.ts'
import { startIssuer, type TestIssuer } from './start-issuer.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let ci: TestIssuer
let registry: TestRegistry
let pia: Person
let bob: Person
let sue: Person

beforeAll(async () => {
  ci = await startIssuer()
  registry = await startTestRegistry({ PLEXICA_OIDC_ISSUERS: `https://gitlab.example.com, ${ci.url}` })
  pia = await registry.person('pia', 'publisher')
  bob = await registry.person('bob', 'publisher')
  sue = await registry.person('sue', 'super-admin')
})
afterAll(async () => {
  await registry.stop()
  await ci.stop()
})

const release = { repository: 'Acme/widgets', repository_id: '42', ref: 'refs/heads/main', ref_type: 'branch' }

/** A token as a pipeline gets it, for this registry. */
const pipelineToken = (claims: Record<string, unknown> = {}) =>
  ci.sign({ aud: registry.url, jti: randomUUID(), sub: 'repo:Acme/widgets:ref:refs/heads/main', ...release, ...claims })
const exchange = (token: string) => registry.anonymous().exchangeToken({ body: { token } })
const refusedExchange = async (token: string) => {
  const { code, status } = await refusalOf(exchange(token))
  return `${status} ${code}`
}

let count = 0
/** A plugin of pia's that trusts pipelines with these claims. */
async function trustingPlugin(...trusted: Record<string, string>[]): Promise<string> {
  const id = `plugin-${++count}`
  expect((await sendPackage(registry, pia, goodPackage({ manifest: { id } }))).status).toBe(201)
  const publishers = trusted.map((claims) => ({ issuer: ci.url, claims }))
  await pia.client.setTrustedPublishers({ params: { pluginId: id }, body: { publishers } })
  return id
}
const nextVersion = (id: string, version = '1.1.0') => goodPackage({ manifest: { id, version } })

describe('a pipeline that a plugin trusts', () => {
  test('publishes it without a stored key, and the version says who did', async () => {
    const id = await trustingPlugin({ repository: 'Acme/widgets', ref: 'refs/heads/main' })
    const got = await exchange(await pipelineToken())
    const subject = `oidc:${new URL(ci.url).host}/Acme/widgets`
    expect(got).toMatchObject({ key: expect.stringMatching(/^plx_/), subject })
    expect(got.plugins).toContain(id)
    const lasts = new Date(got.expiresAt).valueOf() - Date.now()
    expect(lasts).toBeGreaterThan(10 * 60_000)
    expect(lasts).toBeLessThanOrEqual(15 * 60_000)

    const sent = await sendPackage(registry, got, nextVersion(id))
    expect(sent.status).toBe(201)
    const client = createClient({ url: registry.url, token: got.key })
    expect(await client.whoami()).toMatchObject({
      subject,
      role: 'publisher',
      permissions: ['plugin:publish', 'plugin:read-drafts'],
      plugins: got.plugins,
    })
    // It waits for the decision as a person does.
    const submissionId = sent.answer.submission ?? ''
    expect(await client.getSubmission({ params: { submissionId } })).toMatchObject({ submittedBy: subject })
    await sue.client.approveVersion({
      params: { pluginId: id },
      body: { version: '1.1.0', digest: sent.answer.digest },
    })
    const { rows } = await sue.client.listAudit({ query: { pluginId: id, take: 3 } })
    expect(rows.map(({ operation, actor, version }) => [operation, actor, version])).toEqual([
      ['approveVersion', 'sue', '1.1.0'],
      ['publishPlugin', subject, '1.1.0'],
      ['setTrustedPublishers', 'pia', null],
    ])
    const [exchanged] = (await sue.client.listAudit({ query: { operation: 'exchangeToken' } })).rows
    expect(exchanged).toMatchObject({ actor: 'anonymous', params: { subject, keyId: rows[1]?.keyId } })
    expect((await pia.client.listOwners({ params: { pluginId: id } })).owners.map((owner) => owner.subject)).toEqual([
      'pia',
    ])
  })

  test('sees what has become of it, also of a private plugin, and of no other', async () => {
    const id = await trustingPlugin({ repository_id: '11' })
    const other = await trustingPlugin({ repository_id: '12' })
    for (const pluginId of [id, other]) {
      await pia.client.changePlugin({ params: { pluginId }, body: { visibility: 'private' } })
    }
    const robot = await exchange(await pipelineToken({ repository: 'Acme/eleven', repository_id: '11' }))
    expect(robot.plugins).toEqual([id])
    expect((await sendPackage(registry, robot, nextVersion(id))).status).toBe(201)
    const client = createClient({ url: registry.url, token: robot.key })
    const look = (pluginId: string) => client.listVersions({ params: { pluginId } })
    expect((await look(id)).versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0'])
    expect(await refusalOf(look(other))).toMatchObject({ code: 'plugin_not_found' })
    const { submissions } = await client.listSubmissions({ query: { pluginId: id } })
    expect(submissions.map(({ version }) => version)).toEqual(['1.0.0', '1.1.0'])
  })

  test('does nothing else: no other plugin, no free id, no management, no keys', async () => {
    const id = await trustingPlugin({ repository_id: '7' })
    const other = await trustingPlugin({ repository_id: '8' })
    const robot = await exchange(await pipelineToken({ repository: 'Acme/seven', repository_id: '7' }))
    expect(robot.plugins).toEqual([id])
    const sent = [
      await sendPackage(registry, robot, nextVersion(other)),
      await sendPackage(registry, robot, nextVersion('nobodys')),
    ]
    expect(sent.map(({ problem }) => problem.code)).toEqual(['key_scope', 'key_scope'])
    const client = createClient({ url: registry.url, token: robot.key })
    const calls = [
      client.addOwner({ params: { pluginId: id, subject: 'mallory' } }),
      client.deleteTrustedPublishers({ params: { pluginId: id } }),
      client.createKey({ body: { subject: 'pia', role: 'publisher' } }),
      client.listKeys(),
    ]
    const refused = await Promise.all(calls.map(refusalOf))
    expect(refused.map(({ code }) => code)).toEqual(calls.map(() => 'key_scope'))
    expect(await refusalOf(client.getPlugin({ params: { pluginId: other } }))).toMatchObject({
      code: 'plugin_not_found',
    })
  })

  test.each([
    ['another repository', { repository: 'Acme/gadgets-fork' }],
    ['another case', { repository: 'acme/gadgets' }],
    ['another branch', { ref: 'refs/heads/feature' }],
    ['a claim that is missing', { environment: undefined }],
    ['a claim that is a list', { repository: ['Acme/gadgets'] }],
  ])('is told from one with %s', async (_name, claims) => {
    const environment = `env-${++count}`
    const own = { repository: 'Acme/gadgets', repository_id: '0' }
    const id = await trustingPlugin({ repository: 'Acme/gadgets', ref: 'refs/heads/main', environment })
    expect(await refusedExchange(await pipelineToken({ ...own, environment, ...claims }))).toBe('403 not_trusted')
    expect(await exchange(await pipelineToken({ ...own, environment }))).toMatchObject({ plugins: [id] })
  })

  test('may be one of several, and of several plugins', async () => {
    const project = { project_path: 'acme/tools', ref_protected: 'true' }
    const first = await trustingPlugin({ repository: 'Acme/else' }, project)
    const second = await trustingPlugin(project)
    const gitlab = { repository: undefined, repository_id: undefined, project_path: 'acme/tools', ref_protected: true }
    const got = await exchange(await pipelineToken(gitlab))
    expect(got).toMatchObject({ plugins: [first, second], subject: expect.stringMatching(/\/acme\/tools$/) })
  })
})

describe('a token', () => {
  test('is exchanged once, also when two try at the same time', async () => {
    await trustingPlugin({ repository_id: '42' })
    const token = await pipelineToken()
    const results = await Promise.allSettled([exchange(token), exchange(token), exchange(token)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusedExchange(token)).toBe('401 token_used')
  })

  test.each<[string, () => Promise<string>, string]>([
    ['for another registry', () => pipelineToken({ aud: 'https://plugins.example.com' }), '401 token_invalid'],
    ['without a name of its own', () => pipelineToken({ jti: undefined }), '401 token_invalid'],
    ['of an issuer that is not taken', () => pipelineToken({ iss: 'https://ci.example.com' }), '401 token_invalid'],
    ['that has expired', () => pipelineToken({ exp: Math.floor(Date.now() / 1_000) - 60 }), '401 token_expired'],
    [
      'under an unknown key',
      () => ci.sign({ aud: registry.url, jti: 'x', ...release }, { kid: 'k' }),
      '401 token_invalid',
    ],
    ['that is none', async () => 'hello', '401 token_invalid'],
    ['that is almost one', async () => 'a.b.c', '401 token_invalid'],
  ])('%s is refused', async (_name, make, refused) => {
    expect(await refusedExchange(await make())).toBe(refused)
  })

  test('is nobody’s key', async () => {
    const client = createClient({ url: registry.url, token: await pipelineToken() })
    expect(await refusalOf(client.whoami())).toMatchObject({ code: 'key_invalid', status: 401 })
  })

  test('is never stored, nor is the key that it was given for', async () => {
    const id = await trustingPlugin({ repository_id: '42' })
    const token = await pipelineToken()
    const { key, plugins } = await exchange(token)
    expect(plugins).toContain(id)
    const { database } = registry.config
    const rows = await everyRow(database.engine === 'sqlite' ? `sqlite:${database.path}` : database.url)
    expect(rows).toContain(`oidc:${new URL(ci.url).host}/Acme/widgets`)
    for (const secret of [key.slice(4, 20), token.split('.')[2] ?? '']) expect(rows).not.toContain(secret)
  })
})

describe('a trust', () => {
  const params = { pluginId: 'kept' }
  const body = (...claims: Record<string, string>[]) => ({
    publishers: claims.map((one) => ({ issuer: ci.url, claims: one })),
  })
  beforeAll(async () => {
    await sendPackage(registry, pia, goodPackage({ manifest: { id: 'kept' } }))
  })

  test('is read back as it was written, by owners and super-admins alone', async () => {
    const set = await pia.client.setTrustedPublishers({ params, body: body({ repository: 'Acme/kept' }) })
    expect(set.publishers).toEqual([
      { issuer: ci.url, claims: { repository: 'Acme/kept' }, addedBy: 'pia', addedAt: expect.any(String) },
    ])
    expect(await sue.client.getTrustedPublishers({ params })).toEqual(set)
    expect(await refusalOf(bob.client.getTrustedPublishers({ params }))).toMatchObject({ code: 'not_owner' })
    expect(
      await refusalOf(bob.client.setTrustedPublishers({ params, body: body({ repository: 'Bob/kept' }) })),
    ).toMatchObject({ code: 'not_owner' })
    expect(await refusalOf(bob.client.deleteTrustedPublishers({ params }))).toMatchObject({ code: 'not_owner' })
  })

  test('that ends takes the pipeline’s keys with it', async () => {
    await pia.client.setTrustedPublishers({ params, body: body({ repository: 'Acme/kept' }) })
    const claims = { repository: 'Acme/kept', repository_id: undefined }
    const { key } = await exchange(await pipelineToken(claims))
    const client = createClient({ url: registry.url, token: key })
    expect(await client.whoami()).toMatchObject({ plugins: ['kept'] })
    await pia.client.deleteTrustedPublishers({ params })
    expect(await refusalOf(client.whoami())).toMatchObject({ code: 'key_revoked' })
    expect((await pia.client.getTrustedPublishers({ params })).publishers).toEqual([])
    expect(await refusedExchange(await pipelineToken(claims))).toBe('403 not_trusted')
  })

  test.each([
    ['no repository', { ref: 'refs/heads/main' }],
    ['a claim of every token', { repository: 'Acme/kept', iss: 'x' }],
    ['nothing', {}],
    ['a value that is nothing', { repository: '' }],
  ])('with %s is refused', async (_name, claims) => {
    const call = pia.client.setTrustedPublishers({ params, body: body(claims as Record<string, string>) })
    expect(await refusalOf(call)).toMatchObject({ code: 'request_invalid', status: 400 })
  })

  test('in an issuer that the registry does not take is refused, with those that it takes', async () => {
    const publishers = [{ issuer: 'https://ci.example.com', claims: { repository: 'Acme/kept' } }]
    const refused = await refusalOf(pia.client.setTrustedPublishers({ params, body: { publishers } }))
    expect(refused).toMatchObject({ code: 'issuer_not_allowed', status: 422 })
    expect(refused.message).toContain('https://gitlab.example.com')
  })
})

test('a registry takes no pipelines unless told', async () => {
  const closed = await startTestRegistry()
  try {
    const call = closed.anonymous().exchangeToken({ body: { token: await pipelineToken() } })
    expect(await refusalOf(call)).toMatchObject({ code: 'token_invalid' })
  } finally {
    await closed.stop()
  }
})
