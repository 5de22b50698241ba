import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { blobKeys } from '../src/blobs/blob-keys.ts'
import type { BlobInfo, BlobStore } from '../src/blobs/blob-store.ts'
import { openWorld } from '../src/open-world.ts'
import { sweepBlobs } from '../src/publishing/sweep-blobs.ts'
import type { World } from '../src/world.ts'
import { keysIn } from './fresh-storage.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let sue: Person
/** What a sweeping process beside the registry sees. */
let world: World
let staging: string
let close: () => Promise<void>

beforeAll(async () => {
  registry = await startTestRegistry()
  ann = await registry.person('ann', 'publisher')
  sue = await registry.person('sue', 'super-admin')
  const opened = await openWorld(registry.config, () => registry.url)
  staging = await mkdtemp(join(tmpdir(), 'plexica-staging-'))
  world = { ...opened.world, staging, blobs: withAges(opened.world.blobs) }
  close = opened.close
})
afterAll(async () => {
  await close()
  await registry.stop()
  await rm(staging, { recursive: true })
})

const hour = 3_600_000
const allKeys = () => keysIn(world.blobs)
const packageOf = (bytes: Uint8Array) => blobKeys.package(createHash('sha256').update(bytes).digest('hex'))

/** S3 tells the second in one answer and its fractions in another. */
const secondOf = ({ modifiedAt }: BlobInfo) => Math.floor(modifiedAt.getTime() / 1_000)
/** When blobs were written, for those that are to look two hours older than that. */
const aged = new Map<string, number>()
async function age(key: string): Promise<void> {
  const found = await world.blobs.info(key)
  aged.set(key, found ? secondOf(found) : expect.fail(`there is no ${key}`))
}
/** The store, with some blobs looking older: no store lets anybody change their time. One written again is young. */
function withAges(blobs: BlobStore): BlobStore {
  const look = <Info extends BlobInfo | undefined>(info: Info): Info =>
    info && aged.get(info.key) === secondOf(info)
      ? { ...info, modifiedAt: new Date(info.modifiedAt.getTime() - 2 * hour) }
      : info
  return new Proxy(blobs, {
    get(store, name) {
      if (name === 'info') return async (key: string) => look(await store.info(key))
      if (name === 'list') {
        return async function* (prefix: string) {
          for await (const info of store.list(prefix)) yield look(info)
        }
      }
      const value = Reflect.get(store, name)
      return typeof value === 'function' ? value.bind(store) : value
    },
  })
}
const readable = async (id: string) =>
  await fetch(`${registry.url}/api/plugins/${id}/versions/1.0.0/package`, {
    headers: { authorization: `Bearer ${ann.key}` },
  }).then((response) => response.arrayBuffer().then(() => response.status))

test('keeps all that a version names, however old', async () => {
  const waiting = goodPackage({ manifest: { id: 'waiting' } })
  await sendPackage(registry, ann, waiting)
  const approved = goodPackage({ manifest: { id: 'approved' } })
  const { answer } = await sendPackage(registry, ann, approved)
  await sue.client.approveVersion({
    params: { pluginId: 'approved' },
    body: { version: '1.0.0', digest: answer.digest },
  })
  const before = await allKeys()
  for (const key of before) await age(key)
  const swept = await sweepBlobs(world)
  expect(swept).toEqual({ removed: 0, checked: before.length, deleted: 0, bytes: 0 })
  expect(await allKeys()).toEqual(before)
  expect([await readable('waiting'), await readable('approved')]).toEqual([200, 200])
})

test('deletes blobs and half uploads that nobody names, when they are old enough', async () => {
  const before = await allKeys()
  const name = 'a'.repeat(64)
  const orphans = [`packages/${name}.tar.gz`, `files/sha256-${name}/identity/dist/bundle.js`]
  for (const key of orphans) await world.blobs.putBytes(key, Buffer.from('orphan'))
  const leftover = join(staging, 'leftover')
  await writeFile(leftover, 'half')
  expect((await sweepBlobs(world)).deleted).toBe(0)

  for (const key of orphans) await age(key)
  const old = new Date(Date.now() - 2 * hour)
  await utimes(leftover, old, old)
  expect(await sweepBlobs(world)).toMatchObject({ deleted: 3, bytes: 16 })
  expect(await allKeys()).toEqual(before)
  expect((await sweepBlobs(world)).deleted).toBe(0)
})

test('deletes the package that another has replaced', async () => {
  const first = goodPackage({ manifest: { id: 'replaced' }, files: { 'assets/a.txt': 'one' } })
  const second = goodPackage({ manifest: { id: 'replaced' }, files: { 'assets/a.txt': 'two' } })
  await sendPackage(registry, ann, first)
  await sendPackage(registry, ann, second)
  for (const bytes of [first, second]) await age(packageOf(bytes))
  expect((await sweepBlobs(world)).deleted).toBe(1)
  expect(await allKeys()).toContain(packageOf(second))
  expect(await allKeys()).not.toContain(packageOf(first))
})

test('an orphan that is published again is young again', async () => {
  const bytes = goodPackage({ manifest: { id: 'returned' } })
  const hash = createHash('sha256').update(bytes).digest('hex')
  await world.blobs.putBytes(`packages/${hash}.tar.gz`, bytes)
  await age(packageOf(bytes))
  await sendPackage(registry, ann, bytes)
  await sweepBlobs(world)
  expect(await readable('returned')).toBe(200)
})

test('takes nothing away from those who publish at the same time', async () => {
  const { world: own, close: closeOwn } = await openWorld(registry.config, () => registry.url)
  let over = false
  // Without any grace: only the locks and the rows protect what is being published by this process.
  const sweeping = (async () => {
    while (!over) await sweepBlobs({ ...own, staging }, { grace: hour })
  })()
  const ids = Array.from({ length: 20 }, (_, n) => `busy-${n}`)
  await Promise.all(
    ids.map((id) =>
      sendPackage(registry, ann, goodPackage({ manifest: { id }, files: { 'assets/x.png': randomBytes(50_000) } })),
    ),
  )
  over = true
  await sweeping
  await closeOwn()
  expect(await Promise.all(ids.map(readable))).toEqual(ids.map(() => 200))
})

test.each(['before the upload', 'after the upload'])(
  'an orphan that another process is just deleting, looked at %s, is there when it is published again',
  async (moment) => {
    const id = `raced-${moment.slice(0, 6).trim()}`
    const bytes = goodPackage({ manifest: { id } })
    await world.blobs.putBytes(packageOf(bytes), bytes)
    await age(packageOf(bytes))
    const looked = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const slow = new Proxy(world.blobs, {
      get(store, name) {
        const value = Reflect.get(store, name)
        if (name !== 'delete') return typeof value === 'function' ? value.bind(store) : value
        return async (key: string) => {
          looked.resolve()
          await goOn.promise
          await store.delete(key)
        }
      },
    })
    const sweeping = sweepBlobs({ ...world, blobs: slow })
    await looked.promise
    const publishing = sendPackage(registry, ann, bytes)
    // Either the upload has to wait for the sweep, or it is through before the blob goes.
    await Promise.race([publishing, wait(moment.startsWith('before') ? 0 : 1_500)])
    goOn.resolve()
    await sweeping
    expect((await publishing).answer).toMatchObject({ created: true })
    expect(await readable(id)).toBe(200)
  },
)
