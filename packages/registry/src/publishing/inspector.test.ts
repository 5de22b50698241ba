import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, expect, test } from 'vitest'
import { goodPackage } from '../../../inspect/test/build-package.ts'
import { BlobStoreUnavailable } from '../blobs/blob-store.ts'
import { Inspector, type InspectorLimits } from './inspector.ts'

const folder = await mkdtemp(join(tmpdir(), 'plexica-inspector-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = join(folder, 'package.tar.gz')
await writeFile(file, goodPackage())
/** Some megabytes of code: more than any of the small limits below allows. */
const heavy = join(folder, 'heavy.tar.gz')
const code = Array.from({ length: 40_000 }, (_, n) => `export const f${n}=(a,b)=>[a+${n},{b,c:[a,b]}]`).join('\n')
await writeFile(heavy, goodPackage({ files: { 'dist/a.js': code, 'dist/b.js': code } }))

const log = pino({ level: 'silent' })
const open: Inspector[] = []
function inspectorWith(limits: Partial<InspectorLimits> = {}): Inspector {
  const inspector = new Inspector({ platform: undefined }, limits)
  open.push(inspector)
  return inspector
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((inspector) => inspector.close()))
})
const codes = ({ findings }: { findings: { code: string }[] }) => findings.map((finding) => finding.code)

test('inspects, one after the other and at the same time', async () => {
  const inspector = inspectorWith()
  const inspections = await Promise.all(Array.from({ length: 5 }, () => inspector.inspect(file, log)))
  expect(new Set(inspections.map(({ digest }) => digest)).size).toBe(1)
  expect(inspections[0]?.manifest?.id).toBe('greeting-card')
})

test('a package that takes too long is refused by a finding, and the next one is inspected', async () => {
  const inspector = inspectorWith({ workers: 1 })
  await inspector.inspect(file, log)
  const hasty = inspectorWith({ workers: 1, time: 150 })
  expect(codes(await hasty.inspect(heavy, log))).toEqual(['inspection-time'])
  expect(await inspector.inspect(file, log)).toHaveProperty('manifest')
})

test('a package that takes too much memory is refused by a finding, and the next one is inspected', async () => {
  const inspector = inspectorWith({ workers: 1, heap: 24 })
  expect(codes(await inspector.inspect(heavy, log))).toEqual(['inspection-memory'])
  expect((await inspector.inspect(file, log)).manifest?.id).toBe('greeting-card')
})

test('a file that cannot be read is the storage’s fault, not the package’s', async () => {
  const inspector = inspectorWith()
  await expect(inspector.inspect(join(folder, 'missing'), log)).rejects.toThrow(BlobStoreUnavailable)
  expect((await inspector.inspect(file, log)).manifest?.id).toBe('greeting-card')
})

test('too many at once are told to come back', async () => {
  const inspector = inspectorWith({ workers: 1, waiting: 2 })
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => inspector.inspect(file, log)))
  expect(all.filter(({ status }) => status === 'fulfilled').length).toBe(3)
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  expect(refused).toEqual(['too_many_requests', 'too_many_requests'])
})

test('a worker without work ends, and comes back', async () => {
  const inspector = inspectorWith({ idle: 20 })
  const workers = () => process.getActiveResourcesInfo().filter((name) => name === 'Worker').length
  await inspector.inspect(file, log)
  await expect.poll(workers, { timeout: 5_000 }).toBe(0)
  expect((await inspector.inspect(file, log)).manifest?.id).toBe('greeting-card')
})
