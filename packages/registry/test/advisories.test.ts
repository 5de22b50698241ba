import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { connect } from '../src/db/connect.ts'
import { refusalOf } from './refusal-of.ts'
import { runRegistry } from './run-registry.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let folder: string
let ann: Person
let bob: Person
let root: Person
let tom: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  folder = await mkdtemp(join(tmpdir(), 'plexica-advisories-'))
  ann = await registry.person('ann', 'publisher')
  bob = await registry.person('bob', 'publisher')
  root = await registry.person('root', 'super-admin')
  await root.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  tom = await registry.person('tom', 'tenant-admin', 'acme')
})
afterAll(async () => {
  await registry.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A record in OSV format about a package of npm. */
const osv = (id: string, name: string, more: object = {}) => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  summary: 'Reads more than it should.',
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
    },
  ],
  references: [{ type: 'ADVISORY', url: `https://example.com/${id}` }],
  database_specific: { severity: 'HIGH' },
  ...more,
})

let files = 0
async function write(content: string, name = `${++files}.json`): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

/** The operator's command, as a process beside the registry. */
async function command(...args: string[]) {
  const { database, storage } = registry.config
  const env = {
    PLEXICA_DATABASE_URL: database.engine === 'postgres' ? database.url : `sqlite:${database.path}`,
    PLEXICA_STORAGE_URL: storage.kind === 'disk' ? `file:${storage.folder}` : '',
    PLEXICA_LOG_LEVEL: 'silent',
  }
  return runRegistry(['advisories', 'load', ...args], env)
}
async function load(...records: object[]) {
  const { code, stdout, stderr } = await command('--json', await write(JSON.stringify(records)))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

async function upload(id: string, bundled: Record<string, string>, version = '1.0.0') {
  const components = Object.entries(bundled).map(([name, one]) => ({ type: 'library', name, version: one }))
  const sbom = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components })
  const manifest = { id, version, requiredPermissions: [] }
  const bytes = goodPackage({ manifest, files: { 'dist/backend.mjs': 'export {}', 'sbom.cdx.json': sbom } })
  return (await sendPackage(registry, ann, bytes)).answer
}
const approve = (pluginId: string, digest: string, version = '1.0.0') =>
  root.client.approveVersion({ params: { pluginId }, body: { version, digest } })
async function publish(id: string, bundled: Record<string, string>) {
  await approve(id, (await upload(id, bundled)).digest)
}
const advisoriesOf = async (pluginId: string, version = '1.0.0', client = registry.anonymous()) =>
  (await client.listVersionAdvisories({ params: { pluginId, version } })).advisories
const idsOf = async (pluginId: string) => (await advisoriesOf(pluginId)).map(({ id }) => id)
async function eventsOf(pluginId: string) {
  const db = connect(registry.config.database)
  const rows = await db
    .selectFrom('events')
    .select(['type', 'version', 'tenant_id', 'data'])
    .where('plugin_id', '=', pluginId)
    .where('type', '=', 'version.affected')
    .orderBy('number')
    .execute()
  await db.destroy()
  return rows.map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) }))
}

describe('what is published', () => {
  test('is matched when advisories are loaded, once, and told to tenants and by one event', async () => {
    await publish('card', { 'card-lib': '1.5.0', other: '1.0.0' })
    await tom.client.installPlugin({ params: { tenantId: 'acme', pluginId: 'card' }, body: {} })
    const record = osv('TEST-1', 'card-lib', { aliases: ['CVE-2026-1'] })
    expect(await load(record)).toMatchObject({ added: 1, found: 1, gone: 0 })
    const [advisory, ...more] = await advisoriesOf('card')
    expect(more).toEqual([])
    expect(advisory).toEqual({
      id: 'TEST-1',
      aliases: ['CVE-2026-1'],
      summary: 'Reads more than it should.',
      severity: 'high',
      link: 'https://example.com/TEST-1',
      package: 'card-lib',
      packageVersion: '1.5.0',
      fixedIn: '2.0.0',
      firstSeen: expect.any(String),
    })
    const event = {
      type: 'version.affected',
      version: '1.0.0',
      tenant_id: null,
      data: { advisory: 'TEST-1', package: 'card-lib', severity: 'high' },
    }
    expect(await eventsOf('card')).toEqual([event])

    expect(await load(record)).toMatchObject({ added: 0, unchanged: 1, found: 0, gone: 0 })
    expect(await eventsOf('card')).toEqual([event])
    expect((await advisoriesOf('card'))[0]?.firstSeen).toBe(advisory?.firstSeen)

    const { installations } = await tom.client.listInstallations({ params: { tenantId: 'acme' } })
    expect(installations[0]?.findings).toMatchObject([
      { code: 'version-affected', severity: 'warning', message: '1 security advisory names what card 1.0.0 bundles.' },
    ])
    const { affected } = await root.client.listAffectedVersions({ query: { take: 100 } })
    expect(affected.find(({ pluginId }) => pluginId === 'card')).toEqual({
      pluginId: 'card',
      version: '1.0.0',
      installations: 1,
      advisory,
    })
  })

  test('ceases to match what is withdrawn, or says something else by now', async () => {
    await publish('lucky', { 'lucky-a': '1.0.0', 'lucky-b': '1.0.0', 'lucky-c': '1.0.0' })
    const later = { modified: '2026-02-01T00:00:00Z' }
    await load(osv('TEST-A', 'lucky-a'), osv('TEST-B', 'lucky-b'), osv('TEST-C', 'lucky-c'))
    expect(await idsOf('lucky')).toEqual(['TEST-A', 'TEST-B', 'TEST-C'])
    const events = [{ introduced: '0' }, { fixed: '1.0.0' }]
    const mended = {
      affected: [{ package: { ecosystem: 'npm', name: 'lucky-b' }, ranges: [{ type: 'SEMVER', events }] }],
    }
    const sooner = [{ introduced: '0' }, { fixed: '1.0.1' }]
    const moved = {
      affected: [{ package: { ecosystem: 'npm', name: 'lucky-c' }, ranges: [{ type: 'SEMVER', events: sooner }] }],
    }
    expect(
      await load(
        osv('TEST-A', 'lucky-a', { ...later, withdrawn: '2026-02-01T00:00:00Z' }),
        osv('TEST-B', 'lucky-b', { ...later, ...mended }),
        osv('TEST-C', 'lucky-c', { ...later, ...moved }),
      ),
    ).toMatchObject({ updated: 3, found: 0, gone: 2 })
    expect((await advisoriesOf('lucky')).map(({ id, fixedIn }) => [id, fixedIn])).toEqual([['TEST-C', '1.0.1']])
    // What is older than what is known says nothing.
    expect(await load(osv('TEST-A', 'lucky-a'))).toMatchObject({ unchanged: 1, found: 0 })
    expect(await eventsOf('lucky')).toHaveLength(3)
  })

  test('is matched once by several processes at the same time', async () => {
    for (let n = 0; n < 5; n++) await publish(`raced-${n}`, { raced: '1.0.0' })
    const path = await write(JSON.stringify([osv('TEST-R', 'raced'), osv('TEST-S', 'raced')]))
    const ended = await Promise.all([1, 2, 3].map(() => command('--json', path)))
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0])
    const found = ended.map(({ stdout }) => JSON.parse(stdout).found as number)
    expect(found.reduce((sum, one) => sum + one)).toBe(10)
    for (let n = 0; n < 5; n++) expect(await eventsOf(`raced-${n}`)).toHaveLength(2)
  })
})

describe('what arrives', () => {
  beforeAll(async () => {
    await load(osv('TEST-U', 'bad-lib'), osv('TEST-V', 'bad-lib', { database_specific: {}, severity: [] }))
  })

  test('is told its author and its reviewer, and blocked by nothing', async () => {
    const { findings, status, digest } = await upload('arriving', { 'bad-lib': '1.0.0' })
    expect(status).toBe('pending_review')
    const told = findings.filter(({ code }) => code === 'dependency-vulnerable')
    expect(told.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'bad-lib@1.0.0 is affected by TEST-U (high): Reads more than it should.'],
      ['warning', 'bad-lib@1.0.0 is affected by TEST-V: Reads more than it should.'],
    ])
    expect(told[0]?.fix).toBe('Update bad-lib to 2.0.0 or higher. https://example.com/TEST-U tells more.')
    const { submissions } = await root.client.listSubmissions({ query: { take: 100 } })
    const waiting = submissions.find(({ pluginId }) => pluginId === 'arriving')
    expect(waiting?.findings.filter(({ code }) => code === 'dependency-vulnerable')).toEqual(told)

    expect((await advisoriesOf('arriving', '1.0.0', ann.client)).map(({ id }) => id)).toEqual(['TEST-U', 'TEST-V'])
    for (const stranger of [registry.anonymous(), bob.client]) {
      expect(await refusalOf(advisoriesOf('arriving', '1.0.0', stranger))).toMatchObject({ code: 'plugin_not_found' })
    }
    await approve('arriving', digest)
    expect(await idsOf('arriving')).toEqual(['TEST-U', 'TEST-V'])
  })

  test('in other bytes under the same number is matched anew', async () => {
    await upload('replaced', { 'bad-lib': '1.0.0' })
    const { findings } = await upload('replaced', { 'bad-lib': '2.0.0' })
    expect(findings.filter(({ code }) => code === 'dependency-vulnerable')).toEqual([])
    expect(await advisoriesOf('replaced', '1.0.0', ann.client)).toEqual([])
  })

  test('and waits is matched by what is loaded meanwhile, without telling the world of it', async () => {
    const { digest } = await upload('waiting', { 'late-lib': '1.0.0' })
    await load(osv('TEST-L', 'late-lib'))
    expect((await advisoriesOf('waiting', '1.0.0', ann.client)).map(({ id }) => id)).toEqual(['TEST-L'])
    expect(await eventsOf('waiting')).toEqual([])
    await approve('waiting', digest)
    expect(await idsOf('waiting')).toEqual(['TEST-L'])
  })
})

describe('advisories load', () => {
  test('reads a folder of files in every form, tells what it cannot use, and goes on', async () => {
    const place = join(folder, 'many')
    await mkdir(join(place, 'deeper', '.git'), { recursive: true })
    const at = (name: string) => join('many', name)
    await write(JSON.stringify(osv('FORM-1', 'one'), undefined, 2), at('single.json'))
    await write(
      `\ufeff[${JSON.stringify(osv('FORM-2', 'two'))},\n7, ${JSON.stringify(osv('FORM-3', 'a"]}{'))}]`,
      at('array.json'),
    )
    await write(
      `${JSON.stringify(osv('FORM-4', 'four'))}\r\n\n{"id": \n${JSON.stringify(osv('FORM-5', 'five'))}`,
      at('lines.jsonl'),
    )
    await write(JSON.stringify(osv('FORM-6', 'six')), at('deeper/six.json'))
    await write(JSON.stringify({ id: 'FORM-7', modified: 'never' }), at('deeper/bad.json'))
    await write('{"id": "cut', at('deeper/cut.json'))
    await write('no json', at('deeper/notes.txt'))
    await write('no json', at('deeper/.git/index.json'))
    await write(
      JSON.stringify({ ...osv('FORM-8', 'x'), affected: [{ package: { ecosystem: 'PyPI', name: 'x' } }] }),
      at('pypi.json'),
    )
    const { code, stdout, stderr } = await command(place)
    expect(code).toBe(0)
    expect(stdout).toBe(
      'Advisories: 6 new, 0 changed, 0 known, 1 about other things, 4 unusable.\nVersions: 0 new matches, 0 matches no more.\n',
    )
    expect(stderr.trimEnd().split('\n').toSorted()).toEqual([
      `${join(place, 'array.json')}, record 2: the record is not an object`,
      `${join(place, 'deeper/bad.json')}, record 1: modified is not a time in UTC`,
      `${join(place, 'deeper/cut.json')}, record 1: it is not JSON`,
      `${join(place, 'lines.jsonl')}, record 3: it is not JSON`,
    ])
  })

  test('takes many more records than it writes at once', async () => {
    const lines = Array.from({ length: 1_000 }, (_, n) => JSON.stringify(osv(`MANY-${n}`, `many-${n}`)))
    const path = await write(lines.join('\n'), 'many.ndjson')
    expect(JSON.parse((await command('--json', path)).stdout)).toMatchObject({ added: 1_000, failed: 0 })
    expect(JSON.parse((await command('--json', path)).stdout)).toMatchObject({ added: 0, unchanged: 1_000 })
  })

  test('wants a path, and one that is there', async () => {
    expect(await command()).toMatchObject({ code: 2, stderr: expect.stringContaining('PATH is missing') })
    const missing = await command(join(folder, 'nothing'))
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('PATH cannot be read') })
    expect(await command('a', 'b')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Unexpected argument 'b'"),
    })
  })
})

test('who is affected is a page of a list, for super-admins', async () => {
  const first = await root.client.listAffectedVersions({ query: { take: 3 } })
  const second = await root.client.listAffectedVersions({ query: { take: 3, skip: 3 } })
  const { affected, total } = await root.client.listAffectedVersions({ query: { take: 100 } })
  expect(affected).toHaveLength(total)
  expect([...first.affected, ...second.affected]).toEqual(affected.slice(0, 6))
  const seen = affected.map(({ advisory }) => advisory.firstSeen)
  expect(seen).toEqual(seen.toSorted().toReversed())
  expect(await refusalOf(ann.client.listAffectedVersions())).toMatchObject({ code: 'not_allowed' })
})
