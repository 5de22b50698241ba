// A registry is killed again and again while four clients publish to it and a fifth approves what they
// published. At the end everything that was acknowledged must be there, whole, and nothing may be visible by half.
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { createClient, type PublishAnswer } from '../packages/api/src/index.ts'
import { goodPackage } from '../packages/inspect/test/build-package.ts'
import { freePort } from './free-port.ts'
import { runProgram, startProgram } from './programs.ts'

const kills = 50
const clients = 4
/** Milliseconds in which the kills have to be done; checking takes a few seconds more. */
const timeLimit = 165_000

const root = join(import.meta.dirname, '..')
const program = join(root, 'packages/registry/bin/plexica-registry.cjs')
const folder = await mkdtemp(join(tmpdir(), 'plexica-chaos-'))
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const env = {
  ...process.env,
  PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
  PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
  PLEXICA_PLATFORM_FILE: join(root, 'packages/registry/test/platform.json'),
  PLEXICA_PORT: String(port),
  PLEXICA_LOG_LEVEL: 'info',
}

/** A version that a client has tried to publish. */
interface Attempt {
  readonly id: string
  readonly version: string
  readonly sha256: string
  acknowledged: PublishAnswer | undefined
  approved: boolean
}

const attempts: Attempt[] = []
let over = false

try {
  process.exitCode = await chaos()
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function chaos(): Promise<number> {
  const started = performance.now()
  const [publisher, admin] = [await makeKey('publisher'), await makeKey('super-admin')]
  const working = [...Array.from({ length: clients }, (_, client) => publishOn(client, publisher)), approveOn(admin)]
  let killed = 0
  while (killed < kills && performance.now() - started < timeLimit) {
    const registry = await startRegistry()
    await wait(randomInt(20, 1_500))
    process.kill(registry.pid, 'SIGKILL')
    await registry.stop()
    killed++
    process.stderr.write(
      `\rkilled ${killed} of ${kills}, ${attempts.filter((one) => one.acknowledged).length} acknowledged`,
    )
  }
  over = true
  await Promise.all(working)
  process.stderr.write('\n')

  const registry = await startRegistry()
  const before = await look(publisher)
  const swept = await sweep(before.needed)
  const after = await look(publisher)
  await registry.stop()

  const acknowledged = attempts.filter((one) => one.acknowledged).length
  const lost = Math.max(before.lost.length, after.lost.length)
  const halfVisible = Math.max(before.halfVisible.length, after.halfVisible.length)
  for (const problem of new Set([...before.lost, ...after.lost, ...before.halfVisible, ...after.halfVisible])) {
    console.error(problem)
  }
  console.log(
    `killed ${killed}, acknowledged ${acknowledged}, present ${after.present}, approved ${after.approved}, ` +
      `lost ${lost}, half-visible ${halfVisible}, orphans swept ${swept.orphans}, left over ${swept.leftOver}`,
  )
  if (killed < kills) console.error(`Only ${killed} of ${kills} kills fitted into ${timeLimit / 1_000} seconds.`)
  const fine = killed === kills && acknowledged > 0 && after.present === acknowledged && lost + halfVisible === 0
  return fine && swept.leftOver === 0 ? 0 : 1
}

/** Publishes one version after the other; what was not acknowledged is sent again, as a person or a CI would. */
async function publishOn(client: number, key: string): Promise<void> {
  const registry = createClient({ url, token: key, timeout: 10_000 })
  for (let count = 0; !over; count++) {
    const id = `chaos-${client}-${Math.floor(count / 5)}`
    const version = `1.${count % 5}.0`
    const noise = randomBytes(randomInt(1_000, randomInt(2) ? 20_000 : 2_000_000))
    const bytes = goodPackage({ manifest: { id, version }, files: { 'assets/noise.png': noise } })
    const attempt: Attempt = { id, version, sha256: sha256(bytes), acknowledged: undefined, approved: false }
    attempts.push(attempt)
    while (!over && !attempt.acknowledged) {
      attempt.acknowledged = await registry.publishPlugin({ body: slices(bytes) }).catch(() => undefined)
      if (!attempt.acknowledged) await wait(30)
    }
  }
}

async function approveOn(key: string): Promise<void> {
  const registry = createClient({ url, token: key, timeout: 10_000 })
  while (!over) {
    const waiting = attempts.filter((one) => one.acknowledged && !one.approved)
    const attempt = waiting[waiting.length > 0 ? randomInt(waiting.length) : 0]
    if (attempt?.acknowledged) {
      const { id, version, digest } = attempt.acknowledged
      const call = registry.approveVersion({ params: { pluginId: id }, body: { version, digest } })
      attempt.approved = await call.then(
        () => true,
        () => false,
      )
    }
    await wait(20)
  }
}

interface Seen {
  present: number
  approved: number
  lost: string[]
  halfVisible: string[]
  /** Names of the package blobs that rows need. */
  needed: Set<string>
}

/** Compares all that the registry shows with what was sent and what was acknowledged. */
async function look(key: string): Promise<Seen> {
  const owner = createClient({ url, token: key })
  const seen: Seen = { present: 0, approved: 0, lost: [], halfVisible: [], needed: new Set() }
  for (const attempt of attempts) {
    const { id, version, sha256: sent, acknowledged } = attempt
    const params = { pluginId: id, version }
    const row = await owner.getVersion({ params }).catch(() => undefined)
    if (!row) {
      if (acknowledged) seen.lost.push(`${id}@${version} was acknowledged and is not there`)
      continue
    }
    const bytes = await owner.getPackage({ params }).then(
      async (response) => Buffer.from(await response.arrayBuffer()),
      () => Buffer.alloc(0),
    )
    seen.needed.add(`${sent}.tar.gz`)
    const whole = sha256(bytes) === sent && `sha256-${sha256(gunzipSync(bytes))}` === row.digest
    if (!whole) seen.halfVisible.push(`${id}@${version} is there and its package is not what was sent`)
    if (acknowledged && whole && acknowledged.digest === row.digest) seen.present++
    if (attempt.approved && row.state !== 'published')
      seen.lost.push(`${id}@${version} was approved and is ${row.state}`)
    if (row.state === 'published') {
      seen.approved++
      seen.halfVisible.push(...(await brokenFiles(id, version, row.files)))
    }
  }
  return seen
}

/** The files of an approved bundle that browsers do not get as the version's row names them. */
async function brokenFiles(
  id: string,
  version: string,
  files: { path: string; integrity: string }[],
): Promise<string[]> {
  const broken: string[] = []
  for (const { path, integrity } of files) {
    if (!/^(dist|assets)\//.test(path) || /\.map$|backend\.mjs$/.test(path)) continue
    const response = await fetch(`${url}/plugins/bundles/${id}/v${version}/${path.replace(/^dist\//, '')}`)
    const bytes = Buffer.from(await response.arrayBuffer())
    const [algorithm = ''] = integrity.split('-')
    const got = `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`
    if (!response.ok || got !== integrity) broken.push(`${id}@${version} is approved and ${path} is not served`)
  }
  return broken
}

/** Makes everything old, lets the operator's command sweep, and counts what nobody names after that. */
async function sweep(needed: Set<string>): Promise<{ orphans: number; leftOver: number }> {
  const blobs = join(folder, 'blobs')
  const old = new Date(Date.now() - 2 * 3_600_000)
  for (const path of await filesIn(blobs)) await utimes(path, old, old)
  const { stdout } = await runProgram([program, 'sweep', '--json'], { env })
  const left = await filesIn(blobs)
  const leftOver = left.filter(
    (path) => path.includes('.staging') || (path.endsWith('.tar.gz') && !needed.has(nameOf(path))),
  )
  return { orphans: JSON.parse(stdout).deleted, leftOver: leftOver.length }
}

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function startRegistry() {
  return startProgram([program, 'start'], { env, ready: /"msg":"listening"/ })
}

async function makeKey(role: string): Promise<string> {
  const { stdout } = await runProgram([program, 'keys', 'create', '--subject', 'chaos', '--role', role], { env })
  return stdout.trim()
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
