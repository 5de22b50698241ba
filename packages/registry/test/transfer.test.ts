import { appendFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { type Config, readConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import { engineOf } from '../src/db/engine-of.ts'
import { migrate } from '../src/db/migrate.ts'
import { inOrderOfInsertion, type Row, type TableShape } from '../src/db/table-shape.ts'
import type { Db } from '../src/db/tables.ts'
import { insertRows, readRows } from '../src/operations/row-store.ts'
import { startRegistry } from '../src/start-registry.ts'
import { freshDatabase } from './fresh-database.ts'
import { freshSettings, typeCommand } from './run-registry.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let sue: Person
/** The settings under which the command line finds the same registry. */
let here: Record<string, string>
const package_ = goodPackage({ manifest: { id: 'served' } })

beforeAll(async () => {
  registry = await startTestRegistry()
  here = settingsOf(registry.config)
  ann = await registry.person('ann', 'publisher')
  sue = await registry.person('sue', 'super-admin')
  const { answer } = await sendPackage(registry, ann, package_)
  await sue.client.approveVersion({
    params: { pluginId: 'served' },
    body: { version: '1.0.0', digest: answer.digest },
  })
  await sendPackage(registry, ann, goodPackage({ manifest: { id: 'waiting' } }))
  await sue.client.createTenant({ body: { id: 'acme', name: 'Line\u2028one \u{1f600} "quoted"' } })
  // What is compared has to stand still: those who follow events are behind them for a moment.
  await vi.waitUntil(haveAllFollowed, { timeout: 20_000 })
})
afterAll(() => registry.stop())

function settingsOf({ database, storage }: Config): Record<string, string> {
  return {
    PLEXICA_DATABASE_URL: database.engine === 'postgres' ? database.url : `sqlite:${database.path}`,
    PLEXICA_STORAGE_URL:
      storage.kind === 'disk'
        ? `file:${storage.folder}`
        : `s3://${storage.bucket}?endpoint=${storage.endpoint}&region=${storage.region}`,
    PLEXICA_PORT: '0',
    PLEXICA_LOG_LEVEL: 'silent',
  }
}

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-transfer-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Settings of a registry that does not exist yet, on SQLite and disk whatever this run is for. */
async function elsewhere(): Promise<Record<string, string>> {
  const folder = await freshFolder()
  return {
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'rows/plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
    PLEXICA_PORT: '0',
    PLEXICA_LOG_LEVEL: 'silent',
  }
}

async function succeed(args: string[], env: Record<string, string>) {
  const { code, stdout, stderr } = await typeCommand([...args, '--json'], env)
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

const move = (env: Record<string, string>) => [
  'move',
  '--to',
  env.PLEXICA_DATABASE_URL ?? '',
  '--storage',
  env.PLEXICA_STORAGE_URL ?? '',
]

function open(env: Record<string, string>): Db {
  const read = readConfig(env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  return connect(read.config.database)
}

/** Every row of every table that a registry has. */
async function rowsOf(env: Record<string, string>): Promise<Record<string, Row[]>> {
  const db = open(env)
  const all: Record<string, Row[]> = {}
  for (const table of await engineOf(db).describeTables(db)) {
    const rows: Row[] = []
    for await (const some of readRows(db, table)) rows.push(...some)
    all[table.name] = rows
  }
  await db.destroy()
  return all
}

async function haveAllFollowed(): Promise<boolean> {
  const { event_cursors: cursors = [], events = [] } = await rowsOf(here)
  const last = Math.max(...events.map(({ number }) => Number(number)))
  return cursors.length > 0 && cursors.every(({ number }) => Number(number) === last)
}

/** Starts a registry on what was brought there, and looks at it as people do. */
async function works(env: Record<string, string>): Promise<void> {
  const read = readConfig(env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const { url, stop } = await startRegistry(read.config)
  try {
    const script = await fetch(`${url}/plugins/bundles/served/v1.0.0/bundle.js`)
    expect([script.status, (await script.text()).includes('GreetingCard')]).toEqual([200, true])
    const same = await fetch(`${url}/api/plugins/served/versions/1.0.0/package`)
    expect(Buffer.from(await same.arrayBuffer()).equals(package_)).toBe(true)
    const found = await (await fetch(`${url}/api/plugins/search?q=serv`)).json()
    expect(found).toMatchObject({ total: 1, plugins: [{ id: 'served' }] })
    const more = await sendPackage({ url }, ann, goodPackage({ manifest: { id: 'waiting', version: '2.0.0' } }))
    expect([more.status, more.answer.created]).toEqual([201, true])
  } finally {
    await stop()
  }
}

describe('backup and restore', () => {
  test('bring rows and blobs to SQLite on disk and back to this engine, and all of it works', async () => {
    const [first, second] = [join(await freshFolder(), 'first'), join(await freshFolder(), 'second')]
    const made = await succeed(['backup', first], here)
    expect(made).toMatchObject({
      tables: { plugins: 2, versions: 2, tenants: 1 },
      blobs: { count: expect.any(Number) },
    })
    const there = await elsewhere()
    expect(await succeed(['restore', first], there)).toEqual(made)
    expect(await rowsOf(there)).toEqual(await rowsOf(here))
    await succeed(['backup', second], there)
    expect(await readFile(join(second, 'blobs.txt'), 'utf8')).toBe(await readFile(join(first, 'blobs.txt'), 'utf8'))
    await works(there)

    const { env: back } = await freshSettings()
    await succeed(['restore', second], back)
    expect(await rowsOf(back)).toEqual(await rowsOf(here))
    await works({ ...back, PLEXICA_LOG_LEVEL: 'silent' })
  })

  test('a backup beside a registry that is written to has every blob of its rows', async () => {
    const busy = await startTestRegistry()
    const bob = await busy.person('bob', 'publisher')
    let over = false
    const publishing = (async () => {
      for (let n = 0; !over; n++) await sendPackage(busy, bob, goodPackage({ manifest: { id: `busy-${n}` } }))
      return
    })()
    try {
      const folder = join(await freshFolder(), 'backup')
      await expect
        .poll(async () => (await rowsOf(settingsOf(busy.config))).versions?.length, { timeout: 20_000 })
        .toBeGreaterThan(2)
      const { tables } = await succeed(['backup', folder], settingsOf(busy.config))
      const there = await elsewhere()
      expect((await succeed(['restore', folder], there)).tables).toEqual(tables)
      expect(tables.submissions).toBe(tables.versions)
    } finally {
      over = true
      await publishing
      await busy.stop()
    }
  })

  test('a folder that is there, and a registry that is not empty, stay as they are', async () => {
    const folder = join(await freshFolder(), 'backup')
    await succeed(['backup', folder], here)
    const again = await typeCommand(['backup', folder], here)
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already')])
    const before = await rowsOf(here)
    const over = await typeCommand(['restore', folder], here)
    expect([over.code, over.stderr]).toEqual([1, expect.stringContaining('The database is not empty')])
    expect(await rowsOf(here)).toEqual(before)

    const there = await elsewhere()
    const blobs = there.PLEXICA_STORAGE_URL?.slice('file:'.length) ?? ''
    await succeed(['backup', join(await freshFolder(), 'empty')], await migrated(there))
    await writeFile(join(blobs, 'photo.png'), 'somebody else’s')
    const foreign = await typeCommand(['restore', folder], there)
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('holds photo.png')])
  })

  test.each([
    ['a row is changed', (folder: string) => replaceIn(join(folder, 'tables/tenants.jsonl'), 'acme', 'evil')],
    ['a row is missing', (folder: string) => writeFile(join(folder, 'tables/versions.jsonl'), '')],
    ['a blob is changed', async (folder: string) => appendFile(await somePackage(folder), 'x')],
    ['a blob is missing', async (folder: string) => rm(await somePackage(folder))],
    ['the list of blobs is changed', (folder: string) => appendFile(join(folder, 'blobs.txt'), '\n')],
    ['the manifest is missing', (folder: string) => rm(join(folder, 'manifest.json'))],
    ['the manifest is none', (folder: string) => writeFile(join(folder, 'manifest.json'), '{"format":1}')],
    [
      'it is of a newer program',
      (folder: string) => replaceIn(join(folder, 'manifest.json'), '0001-start', '9999-later'),
    ],
  ])('of a backup in which %s nothing is restored', async (_, damage) => {
    const folder = join(await freshFolder(), 'backup')
    await succeed(['backup', folder], here)
    await damage(folder)
    const there = await elsewhere()
    const { code, stderr } = await typeCommand(['restore', folder], there)
    expect(code).toBe(1)
    expect(stderr).not.toMatch(/^ {4}at /m)
    expect(await rowsOf(there)).toEqual({})
  })
})

async function migrated(env: Record<string, string>): Promise<Record<string, string>> {
  const db = open(env)
  await migrate(db)
  await db.destroy()
  return env
}

async function somePackage(folder: string): Promise<string> {
  const [name = ''] = await readdir(join(folder, 'blobs/packages'))
  return join(folder, 'blobs/packages', name)
}

async function replaceIn(path: string, text: string, other: string): Promise<void> {
  await writeFile(path, (await readFile(path, 'utf8')).replaceAll(text, other))
}

describe('move', () => {
  test('brings every table with what is in it, also one that was added yesterday', async () => {
    const folder = await freshFolder()
    const { url, drop } = await freshDatabase(join(folder, 'source'))
    onTestFinished(drop)
    const source = { ...(await elsewhere()), PLEXICA_DATABASE_URL: url }
    const db = open(await migrated(source))
    const tables = inOrderOfInsertion(await engineOf(db).describeTables(db))
    const all = (await db.introspection.getTables()).filter(({ name }) => !/^(plugin_search|search_)/.test(name))
    expect(tables.map(({ name }) => name).toSorted()).toEqual(all.map(({ name }) => name).toSorted())
    for (const table of tables) await insertRows(db, table, [await rowFor(db, table)])
    await db.destroy()

    const target = await freshDatabase(join(folder, 'target'))
    onTestFinished(target.drop)
    const moved = await succeed(['move', '--to', target.url], source)
    expect(moved.tables).toEqual(Object.fromEntries(tables.map(({ name }) => [name, 1])))
    expect(await rowsOf({ PLEXICA_DATABASE_URL: target.url })).toEqual(await rowsOf(source))
  })

  test('numbers go on after the last that was given out, also when its row has gone', async () => {
    const source = await migrated(await elsewhere())
    const { url, drop } = await freshDatabase(join(await freshFolder(), 'rows'))
    onTestFinished(drop)
    const event = { type: 'x', actor: 'x', happened_at: 'x', data: '{}' }
    const db = open(source)
    await db.insertInto('events').values([event, event, event]).execute()
    await db.deleteFrom('events').where('number', '=', 3).execute()
    await db.destroy()
    await succeed(['move', '--to', url], source)
    const there = open({ PLEXICA_DATABASE_URL: url })
    await there.insertInto('events').values(event).execute()
    const rows = await there.selectFrom('events').select('number').orderBy('number').execute()
    await there.destroy()
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 4])
  })

  test('brings a registry to another database and blob store, where it works', async () => {
    const there = await elsewhere()
    const before = await rowsOf(here)
    const moved = await succeed(move(there), here)
    expect(moved.tables).toMatchObject({ plugins: 2, versions: 2 })
    expect(await rowsOf(there)).toEqual(before)
    expect(await rowsOf(here)).toEqual(before)
    await works(there)
    const again = await typeCommand(move(there), here)
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('The database to move to is not empty')])
  })

  test('after an interruption it goes on, and until it is done there are no rows', async () => {
    const source = await elsewhere()
    await succeed(move(source), here)
    const there = await elsewhere()
    const path = await somePackage(join(source.PLEXICA_STORAGE_URL?.slice('file:'.length) ?? '', '..'))
    await rename(path, `${path}.gone`)
    const failed = await typeCommand(move(there), source)
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('is missing')])
    expect(await rowsOf(there)).toEqual({})
    await rename(`${path}.gone`, path)
    await succeed(move(there), source)
    await works(there)
  })

  test('what is written to the source meanwhile makes it fail, with nothing in the target', async () => {
    const source = await elsewhere()
    await succeed(move(source), here)
    const there = await elsewhere()
    const writer = open(source)
    let over = false
    const writing = (async () => {
      for (let n = 0; !over; n++) {
        await writer.updateTable('versions').set({ download_count: n }).execute()
        await new Promise(setImmediate)
      }
    })()
    const failed = await typeCommand(move(there), source)
    over = true
    await writing
    await writer.destroy()
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('Stop every process')])
    expect(await rowsOf(there)).toEqual({})
  })

  test('addresses are checked before anything is done, and no password is ever shown', async () => {
    const nothing = await typeCommand(['move'], here)
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('--to or --storage is missing')])
    const wrong = await typeCommand(['move', '--to', 'mysql://ann:hunter2@db/x', '--storage', 's3://k:hunter2@b'], here)
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('--to: write sqlite:PATH')
    expect(wrong.stderr).toContain('--storage: write no credentials here')
    const away = await typeCommand(['move', '--to', 'postgres://ann:hunter2@127.0.0.1:1/x'], here)
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining('ECONNREFUSED')])
    expect(wrong.stderr + away.stderr).not.toContain('hunter2')
  })
})

/** A row in which every text is the same, so that all that refers to something finds it. */
async function rowFor(db: Db, table: TableShape): Promise<Row> {
  const described = (await db.introspection.getTables()).find(({ name }) => name === table.name)
  const row = Object.fromEntries(
    (described?.columns ?? []).map(({ name, dataType }) => [name, /text/i.test(dataType) ? 'x' : 1]),
  )
  const manifest = { id: 'x', name: 'X', description: 'x', category: 'content', author: { name: 'X' } }
  return table.name === 'versions' ? { ...row, manifest: JSON.stringify(manifest) } : row
}
