import { createHash, randomBytes } from 'node:crypto'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { openWorld } from '../src/open-world.ts'
import { sweepBlobs } from '../src/publishing/sweep-blobs.ts'
import type { World } from '../src/world.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let sue: Person
/** What a sweeping process beside the registry sees. */
let world: World
let close: () => Promise<void>

beforeAll(async () => {
  registry = await startTestRegistry()
  ann = await registry.person('ann', 'publisher')
  sue = await registry.person('sue', 'super-admin')
  const opened = await openWorld(registry.config, () => registry.url)
  world = opened.world
  close = opened.close
})
afterAll(async () => {
  await close()
  await registry.stop()
})

const hour = 3_600_000
const blobs = () => join(registry.folder, 'blobs')
async function age(path: string, by: number): Promise<void> {
  const time = new Date(Date.now() - by)
  await utimes(path, time, time)
}
async function allFiles(): Promise<string[]> {
  const entries = await readdir(blobs(), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
const packageOf = (bytes: Uint8Array) =>
  join(blobs(), 'packages', `${createHash('sha256').update(bytes).digest('hex')}.tar.gz`)
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
  const before = await allFiles()
  for (const file of before) await age(file, 100 * hour)
  const swept = await sweepBlobs(world)
  expect(swept).toEqual({ removed: 0, checked: before.length, deleted: 0, bytes: 0 })
  expect(await allFiles()).toEqual(before)
  expect([await readable('waiting'), await readable('approved')]).toEqual([200, 200])
})

test('deletes blobs and half uploads that nobody names, when they are old enough', async () => {
  const before = await allFiles()
  const name = 'a'.repeat(64)
  const orphans = [`packages/${name}.tar.gz`, `files/sha256-${name}/identity/dist/bundle.js`]
  for (const key of orphans) await world.blobs.putBytes(key, Buffer.from('orphan'))
  const leftover = join(blobs(), '.staging', 'leftover')
  await writeFile(leftover, 'half')
  expect((await sweepBlobs(world)).deleted).toBe(0)

  for (const path of [...orphans.map((key) => join(blobs(), key)), leftover]) await age(path, 25 * hour)
  expect(await sweepBlobs(world)).toMatchObject({ deleted: 3, bytes: 16 })
  expect(await allFiles()).toEqual(before)
  expect((await sweepBlobs(world)).deleted).toBe(0)
})

test('deletes the package that another has replaced', async () => {
  const first = goodPackage({ manifest: { id: 'replaced' }, files: { 'assets/a.txt': 'one' } })
  const second = goodPackage({ manifest: { id: 'replaced' }, files: { 'assets/a.txt': 'two' } })
  await sendPackage(registry, ann, first)
  await sendPackage(registry, ann, second)
  for (const bytes of [first, second]) await age(packageOf(bytes), 25 * hour)
  expect((await sweepBlobs(world)).deleted).toBe(1)
  expect(await allFiles()).toContain(packageOf(second))
  expect(await allFiles()).not.toContain(packageOf(first))
})

test('an orphan that is published again is young again', async () => {
  const bytes = goodPackage({ manifest: { id: 'returned' } })
  const hash = createHash('sha256').update(bytes).digest('hex')
  await world.blobs.putBytes(`packages/${hash}.tar.gz`, bytes)
  await age(packageOf(bytes), 25 * hour)
  await sendPackage(registry, ann, bytes)
  await sweepBlobs(world)
  expect(await readable('returned')).toBe(200)
})

test('takes nothing away from those who publish at the same time', async () => {
  const { world: own, close: closeOwn } = await openWorld(registry.config, () => registry.url)
  let over = false
  // Without any grace: only the locks and the rows protect what is being published by this process.
  const sweeping = (async () => {
    while (!over) await sweepBlobs({ ...own, staging: join(blobs(), 'none') }, { grace: hour })
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
