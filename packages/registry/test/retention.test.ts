import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Manifest } from '@plexica/manifest-schema'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { pinnedBy } from '../src/publishing/retention.ts'
import { refusalOf } from './refusal-of.ts'
import { runRegistry, typeCommand } from './run-registry.ts'
import { sendPackage } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let blobs: string
let ann: Person
let root: Person
let tom: Person

beforeAll(async () => {
  // On disk, where blobs can be made old.
  blobs = await mkdtemp(join(tmpdir(), 'plexica-retention-'))
  registry = await startTestRegistry({ PLEXICA_RETAIN_REJECTED_DAYS: 'never', PLEXICA_STORAGE_URL: `file:${blobs}` })
  ann = await registry.person('ann', 'publisher')
  root = await registry.person('root', 'super-admin')
  await root.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
  tom = await registry.person('tom', 'tenant-admin', 'acme')
})
afterAll(async () => {
  await registry.stop()
  await rm(blobs, { recursive: true, force: true })
})

const bytesOf = (manifest: Partial<Manifest>) =>
  goodPackage({ manifest: { requiredPermissions: [], ...manifest }, files: { 'dist/backend.mjs': 'export {}' } })
async function upload(manifest: Partial<Manifest>) {
  const bytes = Buffer.from(bytesOf(manifest))
  return { bytes, ...(await sendPackage(registry, ann, bytes)).answer }
}
async function publish(manifest: Partial<Manifest> & { id: string }) {
  const sent = await upload(manifest)
  const body = { version: sent.version, digest: sent.digest }
  await root.client.approveVersion({ params: { pluginId: manifest.id }, body })
  return sent
}
const yank = (pluginId: string, version: string) =>
  ann.client.yankVersion({ params: { pluginId, version }, body: { reason: 'It loses orders.' } })
async function reject(pluginId: string, { digest, version }: { digest: string; version: string }) {
  await root.client.rejectVersion({ params: { pluginId }, body: { version, digest, reason: 'Not like this.' } })
}
const fetchPackage = async (pluginId: string, version = '1.0.0') => {
  const address = `${registry.url}/api/plugins/${pluginId}/versions/${version}/package`
  const response = await fetch(address, { headers: { authorization: `Bearer ${ann.key}` } })
  if (response.ok) return { status: 200, bytes: Buffer.from(await response.arrayBuffer()) }
  return { status: response.status, code: ((await response.json()) as { code: string }).code }
}
const bundleStatus = async (pluginId: string, version = '1.0.0') => {
  const response = await fetch(`${registry.url}/plugins/bundles/${pluginId}/v${version}/bundle.js`)
  await response.arrayBuffer()
  return response.status
}
const blobOf = (bytes: Uint8Array) => `packages/${createHash('sha256').update(bytes).digest('hex')}.tar.gz`
async function allFiles(): Promise<string[]> {
  const entries = await readdir(blobs, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(blobs.length + 1))
}
/** As if all that is stored had come two days ago. */
async function ageAll(): Promise<void> {
  const time = new Date(Date.now() - 48 * 3_600_000)
  for (const file of await allFiles()) await utimes(join(blobs, file), time, time)
}

/** The operator's command as a process beside the registry, under a policy of its own. */
async function sweep(policy: { rejected?: string; yanked?: string }, ...args: string[]) {
  const { database } = registry.config
  const { code, stdout, stderr } = await runRegistry(['sweep', '--json', ...args], {
    PLEXICA_DATABASE_URL: database.engine === 'postgres' ? database.url : `sqlite:${database.path}`,
    PLEXICA_STORAGE_URL: `file:${blobs}`,
    PLEXICA_LOG_LEVEL: 'silent',
    PLEXICA_RETAIN_REJECTED_DAYS: policy.rejected ?? 'never',
    PLEXICA_RETAIN_YANKED_DAYS: policy.yanked ?? 'never',
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as { removed: number; deleted: number; gone?: string[] }
}

test('a rejected package goes when its days are over; its row and number stay, and the same bytes bring it back', async () => {
  const sent = await upload({ id: 'turned-away' })
  await reject('turned-away', sent)
  await ageAll()
  expect(await sweep({ rejected: '1', yanked: '0' })).toMatchObject({ removed: 0, deleted: 0 })

  const plan = await sweep({ rejected: '0' }, '--dry-run')
  expect(plan).toMatchObject({ removed: 1, deleted: 1 })
  expect(plan.gone).toEqual([
    'package turned-away@1.0.0 (rejected)',
    `blob ${blobOf(sent.bytes)} (${sent.bytes.length} bytes)`,
  ])
  expect((await fetchPackage('turned-away')).status).toBe(200)

  expect(await sweep({ rejected: '0' })).toMatchObject({ removed: 1, deleted: 1 })
  expect(await allFiles()).not.toContain(blobOf(sent.bytes))
  expect(await fetchPackage('turned-away')).toEqual({ status: 410, code: 'package_removed' })
  const params = { pluginId: 'turned-away', version: '1.0.0' }
  expect(await ann.client.getVersion({ params })).toMatchObject({ state: 'rejected', digest: sent.digest })
  expect(await sweep({ rejected: '0' })).toMatchObject({ removed: 0, deleted: 0 })

  expect((await upload({ id: 'turned-away' })).digest).toBe(sent.digest)
  expect(await fetchPackage('turned-away')).toEqual({ status: 200, bytes: sent.bytes })
  await ageAll()
  // Its days begin anew.
  expect(await sweep({ rejected: '1' })).toMatchObject({ removed: 0, deleted: 0 })
  expect((await fetchPackage('turned-away')).status).toBe(200)
})

test('other bytes under a number whose package went wait for a decision as ever', async () => {
  await reject('second-try', await upload({ id: 'second-try' }))
  await ageAll()
  expect((await sweep({ rejected: '0' })).removed).toBeGreaterThan(0)
  const again = await upload({ id: 'second-try', description: 'A card that was made with more care than the first.' })
  expect(again.status).toBe('pending_review')
  const body = { version: '1.0.0', digest: again.digest }
  await root.client.approveVersion({ params: { pluginId: 'second-try' }, body })
  expect(await fetchPackage('second-try')).toEqual({ status: 200, bytes: again.bytes })
  expect(await bundleStatus('second-try')).toBe(200)
})

test('of yanked versions only those go that nobody uses, with all their files', async () => {
  for (const id of ['installed', 'in-channel', 'pinned', 'unused', 'in-range']) {
    await publish({ id })
    await publish({ id, version: '1.0.1' })
  }
  await publish({ id: 'dependent', dependencies: { pinned: '=1.0.0', 'in-range': '^1.0.0' } })
  await tom.client.installPlugin({ params: { tenantId: 'acme', pluginId: 'installed' }, body: { version: '1.0.0' } })
  await ann.client.setChannel({ params: { pluginId: 'in-channel', tag: 'stable' }, body: { version: '1.0.0' } })
  for (const id of ['installed', 'in-channel', 'pinned', 'unused', 'in-range']) await yank(id, '1.0.0')
  await ageAll()
  expect((await sweep({})).removed).toBe(0)
  expect((await sweep({ yanked: '1' })).removed).toBe(0)

  const plan = await sweep({ yanked: '0' }, '--dry-run')
  const packages = plan.gone?.filter((what) => what.startsWith('package '))
  expect(packages).toEqual(['package in-range@1.0.0 (yanked)', 'package unused@1.0.0 (yanked)'])
  const done = await sweep({ yanked: '0' })
  expect([done.removed, done.deleted]).toEqual([plan.removed, plan.deleted])
  for (const id of ['installed', 'in-channel', 'pinned']) {
    expect([id, (await fetchPackage(id)).status, await bundleStatus(id)]).toEqual([id, 200, 200])
  }
  for (const id of ['unused', 'in-range']) {
    expect([id, (await fetchPackage(id)).status, await bundleStatus(id)]).toEqual([id, 410, 410])
    expect([id, (await fetchPackage(id, '1.0.1')).status, await bundleStatus(id, '1.0.1')]).toEqual([id, 200, 200])
  }
})

test('what cannot be loaded is not given out again before its bytes are back', async () => {
  const sent = await publish({ id: 'regretted' })
  await yank('regretted', '1.0.0')
  await ageAll()
  expect(await sweep({ yanked: '0' })).toMatchObject({ removed: 1 })
  const params = { pluginId: 'regretted', version: '1.0.0' }
  expect(await refusalOf(ann.client.unyankVersion({ params }))).toMatchObject({ code: 'package_removed' })
  expect(await upload({ id: 'regretted' })).toMatchObject({ status: 'yanked', digest: sent.digest, created: false })
  expect(await ann.client.unyankVersion({ params })).toMatchObject({ state: 'published' })
  expect([(await fetchPackage('regretted')).status, await bundleStatus('regretted')]).toEqual([200, 200])
  await ageAll()
  expect(await sweep({ yanked: '0' })).toMatchObject({ removed: 0, deleted: 0 })
})

test('a young blob stays although its version gives it out no more', async () => {
  const sent = await upload({ id: 'young' })
  await reject('young', sent)
  expect(await sweep({ rejected: '0' })).toMatchObject({ removed: 1, deleted: 0 })
  expect(await allFiles()).toContain(blobOf(sent.bytes))
  await ageAll()
  expect(await sweep({ rejected: '0' })).toMatchObject({ removed: 0, deleted: 1 })
  expect(await allFiles()).not.toContain(blobOf(sent.bytes))
})

test('a reviewer of what was turned away is told that its files are kept no longer', async () => {
  const sent = await upload({ id: 'read-late' })
  await reject('read-late', sent)
  const params = { submissionId: sent.submission ?? '', path: ['README.md'] }
  expect((await root.client.getSubmissionFile({ params })).status).toBe(200)
  await ageAll()
  expect((await sweep({ rejected: '0' })).removed).toBeGreaterThan(0)
  expect(await refusalOf(root.client.getSubmissionFile({ params }))).toMatchObject({
    code: 'package_removed',
    status: 410,
  })
  // What the row says of them stays.
  expect((await root.client.listSubmissionFiles({ params })).total).toBeGreaterThan(0)
  expect(await root.client.getSubmissionDelta({ params })).toMatchObject({ digest: sent.digest })
})

test('what is kept no longer keeps nobody from backing up, and is not missed after the restore', async () => {
  await publish({ id: 'outdated' })
  await yank('outdated', '1.0.0')
  await publish({ id: 'outdated', version: '1.0.1' })
  await ageAll()
  expect((await sweep({ yanked: '0' })).removed).toBeGreaterThan(0)
  const folder = await mkdtemp(join(tmpdir(), 'plexica-retention-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { database } = registry.config
  const here = {
    PLEXICA_DATABASE_URL: database.engine === 'postgres' ? database.url : `sqlite:${database.path}`,
    PLEXICA_STORAGE_URL: `file:${blobs}`,
  }
  const there = {
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
  }
  for (const [args, env] of [
    [['backup', join(folder, 'backup')], here],
    [['restore', join(folder, 'backup')], there],
  ] as const) {
    expect(await typeCommand(args, { ...env, PLEXICA_LOG_LEVEL: 'silent' })).toMatchObject({ code: 0 })
  }
})

test.each([
  ['1.2.3', ['1.2.3']],
  ['=1.2.3', ['1.2.3']],
  ['v1.2.3 || =2.0.0-beta.1', ['1.2.3', '2.0.0-beta.1']],
  ['^1.2.3 || 3.0.0', ['3.0.0']],
  ['>=1.0.0 <2.0.0', []],
  ['~1.2.3', []],
  ['*', []],
  ['no range', []],
])('%s names %j one by one', (range, versions) => {
  expect(pinnedBy(range)).toEqual(versions)
})
