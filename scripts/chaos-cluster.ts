// Three registries share a PostgreSQL database and an S3 bucket behind a proxy; one after the other is killed and started
// again while eight clients publish and fifty read. Afterwards everything that was acknowledged must be there, once.
// The bucket is that of PLEXICA_STORAGE_URL and AWS_*, or one on a server in this process.
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient, type PublishAnswer } from '../packages/api/src/index.ts'
import { goodPackage } from '../packages/inspect/test/build-package.ts'
import { startPostgres } from '../packages/registry/test/start-postgres.ts'
import { startS3 } from '../packages/registry/test/start-s3.ts'
import { freePort } from './free-port.ts'
import { type FrontProxy, startProxy } from './front-proxy.ts'
import { runProgram, type StartedProgram, startProgram } from './programs.ts'

const publishers = 8
const readers = 50
const seconds = 60

const root = join(import.meta.dirname, '..')
const program = join(root, 'packages/registry/bin/plexica-registry.cjs')

interface Attempt {
  readonly id: string
  readonly version: string
  readonly sha256: string
  acknowledged: PublishAnswer | undefined
}

const attempts: Attempt[] = []
const requests = { publishes: 0, failedPublishes: 0, reads: 0, failedReads: 0 }
const failures = new Map<string, number>()
let over = false

const postgres = await startPostgres()
const s3 = process.env.PLEXICA_STORAGE_URL ? undefined : await startS3()
await s3?.makeBucket('plexica')
const env = {
  ...process.env,
  PLEXICA_DATABASE_URL: postgres.url,
  PLEXICA_STORAGE_URL: s3 ? `s3://plexica?endpoint=${s3.endpoint}` : process.env.PLEXICA_STORAGE_URL,
  ...(s3 ? { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } : {}),
  PLEXICA_PLATFORM_FILE: join(root, 'packages/registry/test/platform.json'),
  PLEXICA_LOG_LEVEL: 'info',
  PLEXICA_RATE_LIMITS: 'reads=99999999,writes=99999999,publishes=99999999',
}
const ports = [await freePort(), await freePort(), await freePort()]
const registries = new Map<number, StartedProgram>()
let proxy: FrontProxy | undefined

try {
  process.exitCode = await chaos()
} finally {
  over = true
  await Promise.all([...registries.values()].map((registry) => registry.stop()))
  await proxy?.stop()
  await s3?.stop()
  await postgres.stop()
}

async function chaos(): Promise<number> {
  const [publisher, admin] = [await makeKey('publisher'), await makeKey('super-admin')]
  await Promise.all(ports.map(start))
  proxy = await startProxy(ports)
  const { url } = proxy
  const shown = await publishShown(url, publisher, admin)

  const working = [
    ...Array.from({ length: publishers }, (_, client) => publishOn(url, client, publisher)),
    ...Array.from({ length: readers }, () => readOn(url, shown)),
  ]
  const killed = await killInTurn()
  over = true
  await Promise.all(working)

  const { present, lost, duplicate } = await look(url, admin)
  const acknowledged = attempts.filter((one) => one.acknowledged).length
  for (const [what, count] of failures) console.error(`${count} × ${what}`)
  console.log(
    `${proxy.kind}, ${s3 ? 'S3 in this process' : 'S3 of the environment'}: killed ${killed}, ` +
      `acknowledged ${acknowledged}, present ${present}, lost ${lost}, duplicate ${duplicate}, ` +
      `failed publishes ${requests.failedPublishes} of ${requests.publishes}, failed reads ${requests.failedReads} of ${requests.reads}`,
  )
  return killed > 2 && acknowledged > 0 && present === acknowledged && lost === 0 && duplicate === 0 ? 0 : 1
}

/** Two of the three always run. Gives how many were killed. */
async function killInTurn(): Promise<number> {
  let killed = 0
  for (const until = Date.now() + seconds * 1_000; Date.now() < until; killed++) {
    const port = ports[killed % ports.length] ?? 0
    await wait(randomInt(500, 1_500))
    const registry = registries.get(port)
    if (!registry) throw new Error('a registry did not come back')
    process.kill(registry.pid, 'SIGKILL')
    await registry.stop()
    await wait(randomInt(100, 1_000))
    await start(port)
    process.stderr.write(`\rkilled ${killed + 1}, ${attempts.filter((one) => one.acknowledged).length} acknowledged`)
  }
  process.stderr.write('\n')
  return killed
}

async function start(port: number): Promise<void> {
  const own = { ...env, PLEXICA_PORT: String(port) }
  registries.set(port, await startProgram([program, 'start'], { env: own, ready: /"msg":"listening"/ }))
}

/** A few approved plugins for the readers. */
async function publishShown(url: string, publisher: string, admin: string): Promise<string[]> {
  const ids = ['shown-one', 'shown-two', 'shown-three']
  for (const id of ids) {
    const { digest } = await createClient({ url, token: publisher }).publishPlugin({
      body: slices(goodPackage({ manifest: { id } })),
    })
    await createClient({ url, token: admin }).approveVersion({
      params: { pluginId: id },
      body: { version: '1.0.0', digest },
    })
  }
  return ids
}

/** Publishes one version after the other; what was not acknowledged is sent again, as a person or a CI would. */
async function publishOn(url: string, client: number, key: string): Promise<void> {
  const registry = createClient({ url, token: key, timeout: 30_000 })
  for (let count = 0; !over; count++) {
    const id = `chaos-${client}-${Math.floor(count / 5)}`
    const version = `1.${count % 5}.0`
    const noise = randomBytes(randomInt(1_000, randomInt(4) ? 20_000 : 1_000_000))
    const bytes = goodPackage({ manifest: { id, version }, files: { 'assets/noise.png': noise } })
    const attempt: Attempt = { id, version, sha256: sha256(bytes), acknowledged: undefined }
    attempts.push(attempt)
    while (!over && !attempt.acknowledged) {
      requests.publishes++
      attempt.acknowledged = await registry.publishPlugin({ body: slices(bytes) }).catch((error: unknown) => {
        requests.failedPublishes++
        fail(`publish: ${error instanceof Error ? error.message : error}`)
        return undefined
      })
      if (!attempt.acknowledged) await wait(50)
    }
  }
}

/** Reads as a page and a person do; nothing is asked for again. */
async function readOn(url: string, shown: readonly string[]): Promise<void> {
  while (!over) {
    const id = shown[randomInt(shown.length)]
    const paths = [
      `/plugins/bundles/${id}/v1.0.0/bundle.js`,
      `/api/plugins/${id}`,
      `/api/plugins/${id}/versions/1.0.0/package`,
      `/api/plugins/search?q=greet&take=${randomInt(1, 50)}`,
    ]
    requests.reads++
    try {
      const response = await fetch(url + paths[randomInt(paths.length)], { signal: AbortSignal.timeout(30_000) })
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`status ${response.status}`)
    } catch (error) {
      requests.failedReads++
      fail(`read: ${error instanceof Error ? error.message : error}`)
    }
    await wait(randomInt(20, 150))
  }
}

function fail(what: string): void {
  failures.set(what, (failures.get(what) ?? 0) + 1)
}

/** Compares what the registry has with what was acknowledged. */
async function look(url: string, admin: string): Promise<{ present: number; lost: number; duplicate: number }> {
  const client = createClient({ url, token: admin })
  let [present, lost, duplicate] = [0, 0, 0]
  for (const { id, version, sha256: sent, acknowledged } of attempts) {
    const params = { pluginId: id, version }
    const row = await client.getVersion({ params }).catch(() => undefined)
    const bytes = row && Buffer.from(await (await client.getPackage({ params })).arrayBuffer())
    const whole = bytes !== undefined && sha256(bytes) === sent
    if (acknowledged && whole && row?.digest === acknowledged.digest) present++
    else if (acknowledged || (row && !whole)) {
      lost++
      console.error(`${id}@${version} was ${acknowledged ? 'acknowledged' : 'not acknowledged'} and is not there whole`)
    }
  }
  for (const id of new Set(attempts.map((one) => one.id))) {
    const { submissions, total } = await client.listSubmissions({ query: { pluginId: id, take: 100 } })
    const versions = new Set(submissions.map(({ version }) => version))
    if (total > versions.size) {
      duplicate += total - versions.size
      console.error(`${id} has ${total} submissions of ${versions.size} versions`)
    }
  }
  return { present, lost, duplicate }
}

async function makeKey(role: string): Promise<string> {
  const { stdout } = await runProgram([program, 'keys', 'create', '--subject', 'chaos', '--role', role], { env })
  return stdout.trim()
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
