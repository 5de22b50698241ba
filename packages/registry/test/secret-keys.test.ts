import type { ConfigSchema } from '@plexica/manifest-schema'
import { expect, test } from 'vitest'
import type { Config } from '../src/config.ts'
import { rotateSecrets } from '../src/installations/rotate-secrets.ts'
import { openSecret } from '../src/installations/seal-secrets.ts'
import { openWorld } from '../src/open-world.ts'
import { startRegistry } from '../src/start-registry.ts'
import { runRegistry } from './run-registry.ts'
import { inAcme, startTenants } from './start-tenants.ts'

const keys = [7, 8, 9].map((byte) => Buffer.alloc(32, byte))
const [first, second, third] = keys.map((key) => key.toString('base64')) as [string, string, string]
const secret = 'correct-horse-battery'
const configured = (longAtLeast: number): ConfigSchema => ({
  type: 'object',
  required: ['apiKey'],
  properties: {
    apiKey: { type: 'string', title: 'Key', secret: true, minLength: longAtLeast },
    token: { type: 'string', title: 'Token', secret: true },
  },
})

/** Sealed texts of installations and of what updates left, opened with one key. */
async function openAll(config: Config, key: Buffer): Promise<string[]> {
  const { world, close } = await openWorld(config, () => '')
  const rows = await world.db.selectFrom('installations').selectAll().execute()
  const left = await world.db.selectFrom('installation_history').selectAll().execute()
  await close()
  const places = [...rows, ...left.map((row) => ({ ...row, secrets: row.left_secrets ?? '{}' }))]
  return places.flatMap(({ tenant_id, plugin_id, secrets }) =>
    Object.entries<string>(JSON.parse(secrets)).map(([name, sealed]) =>
      openSecret([key], { tenantId: tenant_id, pluginId: plugin_id, name }, sealed),
    ),
  )
}

test('keys can be changed: what old ones sealed is opened, sealed anew, and then needs them no more', async () => {
  const t = await startTenants({ PLEXICA_SECRET_KEY: first })
  await t.publish('quotes', '1.0.0', { configSchema: configured(1) })
  await t.publish('quotes', '1.1.0', { configSchema: configured(1) })
  const body = { configuration: { apiKey: secret, token: secret }, version: '1.0.0' }
  await t.install('quotes', body)
  await t.install('quotes', body, t.gil.client)
  await t.ada.client.updateInstallation({ ...inAcme('quotes'), body: { configuration: { token: `${secret}-2` } } })

  const { database } = t.registry.config
  const env = {
    PLEXICA_DATABASE_URL: database.engine === 'sqlite' ? `sqlite:${database.path}` : database.url,
    PLEXICA_STORAGE_URL: `file:${t.registry.folder}/blobs`,
    PLEXICA_LOG_LEVEL: 'debug',
  }
  const rotate = (more: Record<string, string>, args: string[] = []) =>
    runRegistry(['secrets', 'rotate', ...args], { ...env, ...more })

  const none = await rotate({})
  expect([none.code, none.stdout]).toEqual([1, ''])
  expect(none.stderr).toContain('PLEXICA_SECRET_KEY')

  const unknown = await rotate({ PLEXICA_SECRET_KEY: second, PLEXICA_SECRET_KEY_PREVIOUS: third }, ['--json'])
  expect([unknown.code, JSON.parse(unknown.stdout)]).toEqual([
    1,
    { resealed: 0, current: 0, unreadable: 6, missingKeys: [expect.stringMatching(/^[0-9a-f]{8}$/)] },
  ])
  expect(unknown.stderr).toContain('6 secrets were sealed with keys that are not given')

  const both = { PLEXICA_SECRET_KEY: second, PLEXICA_SECRET_KEY_PREVIOUS: `${third}, ${first}` }
  const done = await rotate(both)
  expect([done.code, done.stdout]).toEqual([0, 'Sealed 6 secrets anew; 0 were sealed with this key already.\n'])
  expect((await rotate(both)).stdout).toBe('Sealed 0 secrets anew; 6 were sealed with this key already.\n')
  for (const { stdout, stderr } of [none, unknown, done]) expect(stdout + stderr).not.toContain(secret)
  const opened = await openAll(t.registry.config, keys[1] ?? expect.fail('no key'))
  expect(opened.toSorted()).toEqual([secret, secret, secret, secret, secret, `${secret}-2`])

  // The registry that still runs with the first key says what it cannot open, and fails at nothing.
  const [shown] = (await t.tom.client.listInstallations({ params: { tenantId: 'acme' } })).installations
  expect(shown?.findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'secret-unreadable configuration.apiKey',
    'secret-unreadable configuration.token',
  ])
  expect(await t.ada.client.rollbackInstallation(inAcme('quotes'))).toMatchObject({
    version: '1.0.0',
    secrets: ['apiKey', 'token'],
  })
  expect((await t.tom.client.getInstallationUpdate(inAcme('quotes'))).update).toMatchObject({ configurationFits: true })
  const mended = await t.ada.client.configurePlugin({
    ...inAcme('quotes'),
    body: { configuration: { apiKey: secret, token: null } },
  })
  expect(mended).toMatchObject({ secrets: ['apiKey'], findings: [] })
  await t.registry.stop()
})

test('a registry opens with every key that it has, and seals with the newest', async () => {
  const t = await startTenants({ PLEXICA_SECRET_KEY: first })
  await t.publish('quotes', '1.0.0', { configSchema: configured(1) })
  await t.publish('quotes', '1.1.0', { configSchema: configured(10) })
  await t.install('quotes', { version: '1.0.0', configuration: { apiKey: secret } })
  const config = { ...t.registry.config, secretKey: keys[1], previousSecretKeys: [keys[0] ?? expect.fail('no key')] }
  const other = await startRegistry(config)
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${other.url}/api/tenants/acme/plugins/quotes/${path}`, {
      method,
      headers: { authorization: `Bearer ${t.ada.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).then(async (response) => ({ status: response.status, answer: await response.json() }))
  // The old value is opened to see that it fits the new version.
  expect(await call('POST', 'update', {})).toMatchObject({
    status: 200,
    answer: { version: '1.1.0', secrets: ['apiKey'], findings: [] },
  })
  await call('PUT', 'configuration', { configuration: { token: secret } })
  // Some hundreds of them, while somebody configures: each is looked at, and nothing that was given is lost.
  const { world: many, close: closeMany } = await openWorld(config, () => '')
  const [left] = await many.db
    .selectFrom('installation_history')
    .selectAll()
    .where('left_secrets', 'is not', null)
    .execute()
  const { number: _, ...row } = left ?? expect.fail('nothing was left')
  await many.db.insertInto('installation_history').values(Array(250).fill(row)).execute()
  const [rotated] = await Promise.all([
    rotateSecrets(many),
    ...['a', 'b', 'c'].map((end) => call('PUT', 'configuration', { configuration: { apiKey: `${secret}-${end}` } })),
  ])
  expect(rotated.resealed).toBeGreaterThanOrEqual(251)
  expect(await rotateSecrets(many)).toEqual({ resealed: 0, current: 253, unreadable: 0, missingKeys: [] })
  await closeMany()
  const opened = await openAll(config, keys[1] ?? expect.fail('no key'))
  expect(new Set(opened.slice(2))).toEqual(new Set([secret]))
  expect(opened.slice(0, 2).toSorted()).toEqual([secret, expect.stringMatching(`^${secret}-[abc]$`)])
  await other.stop()
  await t.registry.stop()
})
