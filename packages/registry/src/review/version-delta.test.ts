import type { PackageFile } from '@plexica/inspect'
import type { ConfigSchema, Manifest } from '@plexica/manifest-schema'
import { describe, expect, test } from 'vitest'
import { goodManifest } from '../../../inspect/test/build-package.ts'
import { type ComparedVersion, mostEntries, versionDelta } from './version-delta.ts'

interface Version {
  manifest?: Partial<Manifest>
  files?: PackageFile[]
  dependencies?: { name: string; version: string }[]
  observed?: { hosts?: string[]; permissions?: string[] }
  packed?: number
}

const file = (path: string, bytes: number, integrity = `sha256-${path}`): PackageFile => ({ path, bytes, integrity })
const files = [file('dist/bundle.js', 1_000), file('dist/bundle.js.map', 5_000), file('assets/icon.svg', 300)]

function version({ manifest = {}, observed = {}, ...rest }: Version = {}): ComparedVersion {
  return {
    manifest: JSON.stringify({ ...goodManifest, ...manifest }),
    files: JSON.stringify(rest.files ?? files),
    dependencies: JSON.stringify(rest.dependencies ?? [{ name: 'clsx', version: '2.1.1' }]),
    capabilities: JSON.stringify({ hosts: [], permissions: [], ...observed }),
    packed_bytes: rest.packed ?? 400,
  }
}
const delta = (before: Version, after: Version) => versionDelta(version(before), version(after))
const none = { items: [], total: 0 }
const same = { added: none, removed: none, changed: none }
const list = <Item>(...items: Item[]) => ({ items, total: items.length })

test('between the same there is no difference', () => {
  expect(delta({}, {})).toEqual({
    manifest: same,
    permissions: { added: none, removed: none },
    hosts: { added: none, removed: none },
    parts: { added: [], removed: [] },
    files: same,
    dependencies: same,
    configuration: same,
    components: same,
    bundleBytes: { before: 1_000, after: 1_000 },
    packedBytes: { before: 400, after: 400 },
  })
})

test('of a first version everything is new', () => {
  const first = versionDelta(undefined, version())
  expect(first).toMatchObject({
    permissions: { added: list('orders:read'), removed: none },
    hosts: { added: list('api.example.com') },
    parts: { added: ['frontend', 'backend'], removed: [] },
    files: { added: { total: 3 }, removed: none, changed: none },
    dependencies: { added: list({ name: 'clsx', value: '2.1.1' }) },
    configuration: { added: { total: 1 }, changed: none },
    components: { added: { total: 2 }, changed: none },
    bundleBytes: { before: null, after: 1_000 },
    packedBytes: { before: null, after: 400 },
  })
  expect(first.manifest.added.items).toContainEqual({ name: 'name', value: 'Greeting card' })
  expect(first.manifest.changed).toEqual(none)
})

describe('the manifest', () => {
  test.each<[string, Partial<Manifest>, Partial<Manifest>, object]>([
    ['a field', {}, { name: 'Card' }, { changed: list({ name: 'name', before: 'Greeting card', after: 'Card' }) }],
    [
      'a field inside',
      {},
      { engines: { plexica: '^2.0.0' } },
      { changed: list({ name: 'engines.plexica', before: '^1.0.0', after: '^2.0.0' }) },
    ],
    [
      'a list as a whole',
      {},
      { tags: ['card'] },
      { changed: list({ name: 'tags', before: ['greeting', 'card'], after: ['card'] }) },
    ],
    [
      'a field more',
      {},
      { demoUrl: 'https://demo.example.com' },
      { added: list({ name: 'demoUrl', value: 'https://demo.example.com' }) },
    ],
    [
      'fields less',
      { dependencies: { base: '^1.0.0', other: '1.x' } },
      { dependencies: { base: '^1.0.0' } },
      { removed: list({ name: 'dependencies.other', value: '1.x' }) },
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(delta({ manifest: before }, { manifest: after }).manifest).toEqual({ ...same, ...expected })
  })

  test('what has a section of its own is not said twice', () => {
    const { manifest } = delta(
      {},
      { manifest: { network: [], requiredPermissions: ['a:b'], components: [], configSchema: { type: 'object' } } },
    )
    expect(manifest).toEqual(same)
  })

  test('a long value is cut', () => {
    const [change] = delta({}, { manifest: { tour: [{ title: 'Long', text: 'x'.repeat(5_000) }] } }).manifest.added
      .items
    expect(change?.name).toBe('tour')
    expect(String(change?.value)).toMatch(/^\[\{"text":"x{1900,}…$/)
    expect(String(change?.value).length).toBeLessThan(2_010)
  })
})

describe('what it may do', () => {
  test('declared and seen count alike', () => {
    const after = {
      manifest: { requiredPermissions: ['orders:read', 'users:read'], network: ['*.example.com'] },
      observed: { hosts: ['b.example.com'], permissions: ['orders:read'] },
    }
    expect(delta({}, after)).toMatchObject({
      permissions: { added: list('users:read'), removed: none },
      hosts: { added: list('*.example.com', 'b.example.com'), removed: list('api.example.com') },
    })
  })

  test('a host that was declared before is not new when it is first seen', () => {
    expect(delta({}, { observed: { hosts: ['api.example.com'] } }).hosts).toEqual({ added: none, removed: none })
  })

  test('where it runs', () => {
    const { backend, ...front } = goodManifest
    const without = { ...version(), manifest: JSON.stringify(front) }
    expect(versionDelta(without, version()).parts).toEqual({ added: ['backend'], removed: [] })
    expect(versionDelta(version(), without).parts).toEqual({ added: [], removed: ['backend'] })
    expect(backend).toBeDefined()
  })
})

describe('files', () => {
  test('are added, removed and changed, with their sizes', () => {
    const after = [file('dist/bundle.js', 1_200, 'sha256-other'), file('dist/bundle.js.map', 5_000), file('LICENSE', 9)]
    expect(delta({}, { files: after, packed: 500 })).toMatchObject({
      files: {
        added: list({ name: 'LICENSE', value: 9 }),
        removed: list({ name: 'assets/icon.svg', value: 300 }),
        changed: list({ name: 'dist/bundle.js', before: 1_000, after: 1_200 }),
      },
      bundleBytes: { before: 1_000, after: 1_200 },
      packedBytes: { before: 400, after: 500 },
    })
  })

  test('other bytes of the same size are a change', () => {
    const after = files.map((one) => ({ ...one, integrity: `${one.integrity}!` }))
    expect(delta({}, { files: after }).files.changed.total).toBe(3)
  })

  test('lists are cut, and say how long they are', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => file(`assets/${String(at).padStart(4, '0')}.svg`, at))
    const { added, removed } = delta({}, { files: many }).files
    expect([added.items.length, added.total, removed.total]).toEqual([mostEntries, 1_000, 3])
    expect(added.items[0]?.name).toBe('assets/0000.svg')
  })
})

test('dependencies, also when one is bundled twice', () => {
  const before = [
    { name: 'clsx', version: '2.1.1' },
    { name: 'gone', version: '1.0.0' },
    { name: 'twice', version: '1.0.0' },
  ]
  const after = [
    { name: 'clsx', version: '2.2.0' },
    { name: 'new', version: '0.1.0' },
    { name: 'twice', version: '2.0.0' },
    { name: 'twice', version: '1.0.0' },
  ]
  expect(delta({ dependencies: before }, { dependencies: after }).dependencies).toEqual({
    added: list({ name: 'new', value: '0.1.0' }),
    removed: list({ name: 'gone', value: '1.0.0' }),
    changed: list(
      { name: 'clsx', before: '2.1.1', after: '2.2.0' },
      { name: 'twice', before: '1.0.0', after: '1.0.0, 2.0.0' },
    ),
  })
})

test('the configuration, field by field', () => {
  const schema = (properties: object, required: string[] = []) => ({
    manifest: { configSchema: { type: 'object', properties, required } as ConfigSchema },
  })
  const before = schema({
    shop: { type: 'string' },
    mail: { type: 'object', properties: { host: { type: 'string' }, port: { type: 'number' } } },
  })
  const after = schema(
    {
      shop: { type: 'string' },
      mail: { type: 'object', properties: { host: { type: 'string', secret: true } } },
      token: { secret: true, type: 'string' },
    },
    ['shop'],
  )
  expect(delta(before, after).configuration).toEqual({
    added: list({ name: 'token', value: { type: 'string', secret: true, required: false } }),
    removed: list({ name: 'mail.port', value: { type: 'number', required: false } }),
    changed: list(
      {
        name: 'mail.host',
        before: { type: 'string', required: false },
        after: { type: 'string', secret: true, required: false },
      },
      { name: 'shop', before: { type: 'string', required: false }, after: { type: 'string', required: true } },
    ),
  })
})

test('the order in which a manifest names things makes no difference', () => {
  const schema = (property: object) => ({
    manifest: { configSchema: { type: 'object', properties: { shop: property } } as ConfigSchema },
  })
  const { configuration } = delta(schema({ type: 'string', title: 'Shop' }), schema({ title: 'Shop', type: 'string' }))
  expect(configuration).toEqual(same)
})

test('components and their fields, those inside lists too', () => {
  const card = { name: 'Card', export: 'Card', extensionPoint: 'puck' }
  const before: Version = {
    manifest: {
      components: [
        { ...card, fields: { title: { type: 'text' }, rows: { type: 'array', fields: { url: { type: 'text' } } } } },
        { ...card, name: 'Gone' },
      ],
    },
  }
  const after: Version = {
    manifest: {
      components: [
        {
          ...card,
          extensionPoint: 'shop.cart',
          fields: { title: { type: 'textarea' }, rows: { type: 'array', fields: { link: { type: 'text' } } } },
        },
      ],
    },
  }
  expect(delta(before, after).components).toEqual({
    added: list({ name: 'Card.rows.link', value: { type: 'text' } }),
    removed: list(
      { name: 'Card.rows.url', value: { type: 'text' } },
      { name: 'Gone', value: { ...card, name: 'Gone' } },
    ),
    changed: list(
      { name: 'Card', before: card, after: { ...card, extensionPoint: 'shop.cart' } },
      { name: 'Card.title', before: { type: 'text' }, after: { type: 'textarea' } },
    ),
  })
})
