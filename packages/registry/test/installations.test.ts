import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client, Installation } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { openSecret } from '../src/installations/seal-secrets.ts'
import { openWorld } from '../src/open-world.ts'
import { everyRow } from './fresh-database.ts'
import { refusalOf } from './refusal-of.ts'
import { freshSettings, runRegistry, startProcess } from './run-registry.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let folder: string
let root: Person
let pia: Person
let ada: Person
let tom: Person
let gil: Person

/** A plugin with a bit of everything that an installation can get wrong. */
const quotes = {
  id: 'quotes',
  name: 'Quotes',
  requiredPermissions: ['orders:read', 'shipping:quote'],
  configSchema: {
    type: 'object',
    required: ['apiKey', 'region'],
    properties: {
      apiKey: { type: 'string', title: 'Key', secret: true, minLength: 8 },
      region: { type: 'string', title: 'Region', enum: ['eu', 'us'] },
      perPage: { type: 'integer', title: 'Rows', minimum: 1, maximum: 50, default: 20 },
      mail: {
        type: 'object',
        title: 'Mail',
        properties: {
          host: { type: 'string', title: 'Host', default: 'localhost' },
          password: { type: 'string', title: 'Password', secret: true },
        },
      },
    },
  },
} as const satisfies Partial<Manifest>
const secret = 'correct-horse-battery-staple'
const granted = ['orders:read', 'shipping:quote']
const configuration = { apiKey: secret, region: 'eu' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plexica-platform-'))
  await copyFile(join(import.meta.dirname, 'platform.json'), join(folder, 'platform.json'))
  registry = await startTestRegistry({ PLEXICA_PLATFORM_FILE: join(folder, 'platform.json') })
  root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex', 'initech']) await root.client.createTenant({ body: { id, name: id } })
  pia = await registry.person('pia', 'publisher')
  ada = await registry.person('ada', 'tenant-admin', 'acme')
  tom = await registry.person('tom', 'tenant-user', 'acme')
  gil = await registry.person('gil', 'tenant-admin', 'globex')
  await publish(quotes)
})
afterAll(async () => {
  await registry.stop()
  await rm(folder, { recursive: true })
})

type Written = { readonly [Key in keyof Manifest]?: Manifest[Key] | undefined }

async function submit(manifest: Written, publisher = pia.client) {
  const files = manifest.requiredPermissions?.length === 0 ? { 'dist/backend.mjs': undefined } : {}
  return publisher.publishPlugin({ body: inChunks(goodPackage({ manifest, files })) })
}

async function publish(manifest: Written, people: { publisher: Client; admin: Client } | undefined = undefined) {
  const { id, version, digest } = await submit(manifest, people?.publisher)
  await (people?.admin ?? root.client).approveVersion({ params: { pluginId: id }, body: { version, digest } })
}

const install = (
  client: Client,
  tenantId: string,
  pluginId: string,
  body: Parameters<Client['installPlugin']>[0]['body'] = {},
) => client.installPlugin({ params: { tenantId, pluginId }, body })

/** As anybody sees it, who may be answered from memory. */
const installCount = async (pluginId: string) =>
  (await registry.anonymous().getPlugin({ params: { pluginId } })).installCount

describe('installing', () => {
  let first: Installation

  test('answers with all that a host needs', async () => {
    expect(await installCount('quotes')).toBe(0)
    first = await install(ada.client, 'acme', 'quotes', { configuration, grantedPermissions: granted })
    const url = (path: string) => `${registry.url}/plugins/bundles/quotes/v1.0.0/${path}`
    const integrity = expect.stringMatching(/^sha(256|384|512)-/)
    expect(first).toEqual({
      pluginId: 'quotes',
      tenantId: 'acme',
      name: 'Quotes',
      version: '1.0.0',
      digest: expect.stringMatching(/^sha256-/),
      enabled: true,
      configuration: { region: 'eu', perPage: 20 },
      secrets: ['apiKey'],
      grantedPermissions: granted,
      components: [expect.objectContaining({ name: 'GreetingCard', extensionPoint: 'puck' })],
      bundle: {
        url: url('bundle.js'),
        files: [
          { url: url('bundle.js'), integrity },
          { url: url('chunks/greeting.js'), integrity },
        ],
      },
      experiment: null,
      sandbox: null,
      findings: [],
      installedBy: 'ada',
      installedAt: expect.any(String),
      updatedAt: first.installedAt,
    })
  })

  test('the scripts that it names are served, and have the integrity that it names', async () => {
    for (const { url, integrity } of first.bundle?.files ?? []) {
      const script = await fetch(url)
      expect(script.status).toBe(200)
      const algorithm = integrity.slice(0, integrity.indexOf('-'))
      const hash = createHash(algorithm).update(Buffer.from(await script.arrayBuffer()))
      expect(`${algorithm}-${hash.digest('base64')}`).toBe(integrity)
    }
  })

  test('the same version again changes nothing and has the same answer', async () => {
    const again = { version: '1.0.0', configuration: { apiKey: 'another-secret', region: 'us' } }
    expect(await install(ada.client, 'acme', 'quotes', again)).toEqual(first)
    expect(await install(ada.client, 'acme', 'quotes')).toEqual(first)
    expect(await installCount('quotes')).toBe(1)
  })

  test('another version is refused', async () => {
    await publish({ ...quotes, version: '1.1.0' })
    const body = { version: '1.1.0', configuration, grantedPermissions: granted }
    expect(await refusalOf(install(ada.client, 'acme', 'quotes', body))).toMatchObject({
      code: 'already_installed',
      status: 409,
      message: 'The tenant has quotes 1.0.0 installed, not 1.1.0.',
    })
    expect(await install(ada.client, 'acme', 'quotes', { version: '~1.0.0' })).toEqual(first)
  })

  test('counts each tenant once, however many ask at the same time', async () => {
    const body = { version: '^1.0.0', configuration, grantedPermissions: granted }
    const answers = await Promise.all(Array.from({ length: 8 }, () => install(gil.client, 'globex', 'quotes', body)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ tenantId: 'globex', version: '1.1.0' })
    expect(await installCount('quotes')).toBe(2)
  })

  test('of two versions at the same time one wins and the other is told', async () => {
    const settled = await Promise.allSettled(
      ['1.0.0', '1.1.0'].map((version) =>
        install(root.client, 'initech', 'quotes', { version, configuration, grantedPermissions: granted }),
      ),
    )
    const refused = settled.filter((one) => one.status === 'rejected')
    expect(refused).toMatchObject([{ reason: { code: 'already_installed' } }])
    expect(await installCount('quotes')).toBe(3)
  })
})

describe('what is not there cannot be installed', () => {
  test('plugins that do not exist or were never approved', async () => {
    await submit({ id: 'unapproved', name: 'Unapproved' })
    for (const id of ['nothing', 'unapproved']) {
      const refused = await refusalOf(install(ada.client, 'acme', id))
      expect(refused).toMatchObject({ code: 'plugin_not_found', message: `There is no plugin ${id}.` })
    }
  })

  test('versions that do not exist, wait or were rejected', async () => {
    const { digest } = await submit({ ...quotes, version: '2.0.0' })
    await submit({ ...quotes, version: '2.1.0' })
    await root.client.rejectVersion({
      params: { pluginId: 'quotes' },
      body: { version: '2.0.0', digest, reason: 'No.' },
    })
    for (const version of ['2.0.0', '2.1.0', '3.0.0', '^2.0.0', 'nonsense']) {
      const body = { version, configuration, grantedPermissions: granted }
      expect(await refusalOf(install(root.client, 'globex', 'quotes', body))).toMatchObject({
        code: 'version_not_found',
      })
    }
  })

  test('for tenants that do not exist', async () => {
    const calls = [
      install(root.client, 'nowhere', 'quotes'),
      root.client.listInstallations({ params: { tenantId: 'nowhere' } }),
      root.client.enablePlugin({ params: { tenantId: 'nowhere', pluginId: 'quotes' } }),
      root.client.disablePlugin({ params: { tenantId: 'nowhere', pluginId: 'quotes' } }),
    ]
    const refused = await Promise.all(calls.map(refusalOf))
    expect(new Set(refused.map(({ code, message }) => `${code}: ${message}`))).toEqual(
      new Set(['tenant_not_found: There is no tenant nowhere.']),
    )
  })

  test('another tenant’s things look as if they did not exist', async () => {
    const { code, message, status } = await refusalOf(install(gil.client, 'acme', 'quotes'))
    expect({ code, message, status }).toEqual({
      code: 'tenant_not_found',
      message: 'There is no tenant acme.',
      status: 404,
    })
    for (const tenantId of ['acme', 'nowhere']) {
      const params = { tenantId, pluginId: 'quotes' }
      const calls = [
        gil.client.listInstallations({ params: { tenantId } }),
        gil.client.enablePlugin({ params }),
        gil.client.disablePlugin({ params }),
      ]
      const refused = await Promise.all(calls.map(refusalOf))
      expect(refused.map(({ message }) => message)).toEqual(calls.map(() => `There is no tenant ${tenantId}.`))
    }
  })
})

describe('what does not fit is refused with every reason at once', () => {
  const refusedWith = async (body: Parameters<typeof install>[3], pluginId = 'quotes') => {
    const refused = await refusalOf(install(root.client, 'fresh', pluginId, body))
    return { refused, lines: refused.findings.map(({ code, message }) => `${code}: ${message}`) }
  }
  beforeAll(async () => {
    await root.client.createTenant({ body: { id: 'fresh', name: 'Fresh' } })
  })

  test('configuration', async () => {
    const body = {
      configuration: { apiKey: 'hunter2', region: 'mars', perPage: 0, colour: 'red', mail: { port: 25 } },
      grantedPermissions: granted,
    }
    const { refused, lines } = await refusedWith(body)
    expect(refused).toMatchObject({ code: 'configuration_invalid', status: 422 })
    expect(lines.toSorted()).toEqual([
      'configuration-unknown: configuration.colour is not a setting of this plugin.',
      'configuration-unknown: configuration.mail.port is not a setting of this plugin.',
      'configuration-value: configuration.apiKey must have at least 8 characters.',
      'configuration-value: configuration.perPage must be at least 1.',
      'configuration-value: configuration.region must be one of eu, us.',
    ])
  })

  test('permissions, each by itself', async () => {
    const body = { configuration, grantedPermissions: ['orders:read', 'orders:delete'] }
    const { refused, lines } = await refusedWith(body)
    expect(refused).toMatchObject({ code: 'permissions_not_granted', status: 422 })
    expect(lines).toEqual([
      'permission-not-granted: quotes requires the permission shipping:quote.',
      'permission-not-required: quotes does not require the permission orders:delete.',
    ])
  })

  test('all of them together, named by the gravest', async () => {
    await publish({
      ...quotes,
      id: 'needy',
      name: 'Needy',
      dependencies: { quotes: '^1.0.0', 'other-plugin': '^2.0.0' },
    })
    const { refused, lines } = await refusedWith({}, 'needy')
    expect(refused.code).toBe('incompatible')
    expect(lines).toEqual([
      'compatibility-dependency-missing: needy needs quotes ^1.0.0, which is not installed.',
      'compatibility-dependency-missing: needy needs other-plugin ^2.0.0, which is not installed.',
      'permission-not-granted: needy requires the permission orders:read.',
      'permission-not-granted: needy requires the permission shipping:quote.',
      'configuration-missing: configuration.apiKey is missing.',
      'configuration-missing: configuration.region is missing.',
    ])
  })

  test('a plugin whose dependency is installed in the wrong version, then in the right one', async () => {
    const simple = { requiredPermissions: [], backend: undefined, configSchema: undefined }
    await publish({ ...simple, id: 'base', name: 'Base', version: '2.0.0' })
    await publish({ ...simple, id: 'upper', name: 'Upper', dependencies: { base: '^1.0.0' } })
    await publish({ ...simple, id: 'upper', name: 'Upper', version: '1.1.0', dependencies: { base: '^2.0.0' } })
    await install(root.client, 'fresh', 'base')
    const { lines } = await refusedWith({ version: '1.0.0' }, 'upper')
    expect(lines).toEqual(['compatibility-dependency-version: upper needs base ^1.0.0, but 2.0.0 is installed.'])
    expect(await install(root.client, 'fresh', 'upper')).toMatchObject({
      version: '1.1.0',
      configuration: {},
      secrets: [],
    })
  })

  test('nothing of that was installed or counted', async () => {
    const { installations } = await root.client.listInstallations({ params: { tenantId: 'fresh' } })
    expect(installations.map(({ pluginId }) => pluginId)).toEqual(['base', 'upper'])
    expect(await installCount('needy')).toBe(0)
  })
})

describe('a tenant’s plugins', () => {
  const params = { tenantId: 'acme', pluginId: 'quotes' }

  test('are seen by its users, who change nothing', async () => {
    const { installations, total } = await tom.client.listInstallations({ params: { tenantId: 'acme' } })
    expect({ total, ids: installations.map(({ pluginId }) => pluginId) }).toEqual({ total: 1, ids: ['quotes'] })
    expect(await refusalOf(tom.client.disablePlugin({ params }))).toMatchObject({ code: 'not_allowed', status: 403 })
  })

  test('are taken from the pages and shown again, with their configuration', async () => {
    const before = await ada.client.enablePlugin({ params })
    const off = await ada.client.disablePlugin({ params })
    expect(off).toEqual({ ...before, enabled: false, updatedAt: expect.any(String) })
    expect(off.updatedAt > before.updatedAt).toBe(true)
    expect(await ada.client.disablePlugin({ params })).toEqual(off)

    const list = (enabled: boolean) =>
      tom.client.listInstallations({ params: { tenantId: 'acme' }, query: { enabled } })
    expect(await list(true)).toEqual({ installations: [], total: 0 })
    expect(await list(false)).toEqual({ installations: [off], total: 1 })
    expect(await ada.client.enablePlugin({ params })).toEqual({ ...before, updatedAt: expect.any(String) })
    expect((await list(true)).total).toBe(1)
    expect(await installCount('quotes')).toBe(3)
  })

  test('that are not installed cannot be turned', async () => {
    const missing = { tenantId: 'acme', pluginId: 'base' }
    const calls = [ada.client.enablePlugin({ params: missing }), ada.client.disablePlugin({ params: missing })]
    for (const refused of await Promise.all(calls.map(refusalOf))) {
      expect(refused).toMatchObject({ code: 'installation_not_found', status: 404 })
    }
  })

  test('come page by page, by id', async () => {
    const ids = []
    for (const skip of [0, 1, 2]) {
      const { installations, total } = await root.client.listInstallations({
        params: { tenantId: 'fresh' },
        query: { skip, take: 1 },
      })
      expect(total).toBe(2)
      ids.push(...installations.map(({ pluginId }) => pluginId))
    }
    expect(ids).toEqual(['base', 'upper'])
  })
})

describe('secrets', () => {
  test('are kept sealed, each for its own place', async () => {
    const { world, close } = await openWorld(registry.config, () => registry.url)
    const rows = await world.db.selectFrom('installations').selectAll().where('plugin_id', '=', 'quotes').execute()
    await close()
    expect(rows.length).toBeGreaterThan(1)
    const { secretKey } = registry.config
    for (const { tenant_id, plugin_id, secrets } of rows) {
      const place = { tenantId: tenant_id, pluginId: plugin_id, name: 'apiKey' }
      expect(openSecret([secretKey ?? expect.fail('no key')], place, JSON.parse(secrets).apiKey)).toBe(secret)
    }
  })

  test('stand in no answer, no log and no file', async () => {
    const { folder: data, env } = await freshSettings()
    const all = {
      ...env,
      PLEXICA_SECRET_KEY: Buffer.alloc(32, 9).toString('base64'),
      PLEXICA_LOG_LEVEL: 'debug',
      PLEXICA_PLATFORM_FILE: join(import.meta.dirname, 'platform.json'),
    }
    const seeded = JSON.parse((await runRegistry(['seed', '--json'], all)).stdout)
    const key = (role: string): string => seeded.keys.find((made: { role: string }) => made.role === role).key
    const { url, child, ended } = await startProcess(all)
    const { createClient } = await import('@plexica/api')
    const admin = createClient({ url, token: key('super-admin') })
    await publish(quotes, { publisher: createClient({ url, token: key('publisher') }), admin })

    const answers: string[] = []
    const send = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${url}/api/tenants/acme/plugins${path}`, {
        method,
        headers: { authorization: `Bearer ${key('tenant-admin')}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      answers.push(await response.text())
      return response.status
    }
    const withSecret = { ...configuration, mail: { password: `${secret}-2` } }
    const body = { configuration: withSecret, grantedPermissions: granted }
    const path = '/quotes/install'
    expect(
      await send('POST', path, { ...body, configuration: { ...withSecret, perPage: secret, region: secret } }),
    ).toBe(422)
    expect(await send('POST', path, { ...body, configuration: { ...withSecret, apiKey: [secret] } })).toBe(422)
    expect(await send('POST', path, { ...body, grantedPermissions: [] })).toBe(422)
    expect(await send('POST', path, { ...body, apiKey: { secret } })).toBe(400)
    expect(await send('POST', path, JSON.stringify(body).slice(0, -1))).toBe(400)
    expect(await send('POST', path, body)).toBe(201)
    expect(await send('POST', path, body)).toBe(201)
    expect(await send('GET', '')).toBe(200)
    expect(await send('POST', '/quotes/disable')).toBe(200)
    child.kill('SIGTERM')
    const { stdout, stderr } = await ended
    expect(stdout).toContain('plugin installed')

    const files = await readdir(data, { recursive: true, withFileTypes: true })
    const contents = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
    )
    contents.push(await everyRow(env.PLEXICA_DATABASE_URL))
    const places = { answers: answers.join('\n'), log: stdout + stderr, files: contents.join('\n') }
    expect(places.answers).toContain('"secrets":["apiKey","mail.password"]')
    expect(places.files).toContain('mail.password')
    for (const text of Object.values(places)) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, 30))
      for (const made of seeded.keys) expect(text).not.toContain(made.key)
    }
  })

  test('cannot be given to a registry without a key for them; everything else can', async () => {
    const keyless = await startTestRegistry({ PLEXICA_SECRET_KEY: '' })
    const admin = (await keyless.person('root', 'super-admin')).client
    const publisher = (await keyless.person('pia', 'publisher')).client
    await admin.createTenant({ body: { id: 'acme', name: 'Acme' } })
    await publish(quotes, { publisher, admin })
    await publish({ id: 'open', name: 'Open', requiredPermissions: [], backend: undefined }, { publisher, admin })
    const refused = await refusalOf(install(admin, 'acme', 'quotes', { configuration, grantedPermissions: granted }))
    expect(refused).toMatchObject({ code: 'secrets_unavailable', status: 503 })
    expect(refused.message).toContain('apiKey')
    expect(await install(admin, 'acme', 'open')).toMatchObject({ configuration: { shop: 'our shop' }, secrets: [] })
    await keyless.stop()
  })
})

test('a plugin without a frontend has no bundle', async () => {
  await publish({ id: 'silent', name: 'Silent', frontend: undefined, components: undefined })
  const body = { grantedPermissions: ['orders:read'] }
  expect(await install(ada.client, 'acme', 'silent', body)).toMatchObject({ bundle: null, components: [] })
})

test('after the platform has changed, what no longer fits is refused, and what is installed stays', async () => {
  const file = join(folder, 'platform.json')
  const platform = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(
    file,
    JSON.stringify({ ...platform, version: '2.0.0', permissions: platform.permissions.slice(0, 1) }),
  )
  await registry.restart()
  const after = await registry.person('root', 'super-admin')
  await after.client.createTenant({ body: { id: 'late', name: 'Late' } })
  const body = { configuration, grantedPermissions: granted }
  const refused = await refusalOf(install(after.client, 'late', 'quotes', body))
  expect(refused.code).toBe('incompatible')
  expect(refused.findings.map(({ code }) => code)).toEqual([
    'compatibility-platform-version',
    'compatibility-permission',
  ])
  const { installations } = await after.client.listInstallations({ params: { tenantId: 'acme' } })
  expect(installations.map(({ pluginId }) => pluginId)).toEqual(['quotes', 'silent'])
})
