import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '../packages/api/src/index.ts'
import type { Bench } from './bench.ts'
import { compare } from './measure.ts'
import { smallPackage } from './packages.ts'
import { timeProgram } from './programs.ts'
import { reportRow } from './report.ts'
import { type RunningRegistry, startOurRegistry, startVerdaccio } from './servers.ts'
import { noise, writePlugin } from './workload.ts'

const node = process.execPath

/** `plexica publish` beside `npm publish` to Verdaccio: each run publishes a new version over HTTP on loopback. */
export async function benchPublish(bench: Bench): Promise<void> {
  const ours = await startOurRegistry(bench)
  const verdaccio = await startVerdaccio(bench)
  try {
    for (const [bytes, most] of [
      [200_000, 0.35],
      [20_000_000, 0.5],
    ] as const) {
      const label = bytes < 1_000_000 ? `${bytes / 1_000} KB` : `${bytes / 1_000_000} MB`
      const plugin = join(bench.scratch, `publish-${bytes}`)
      const pack = join(bench.scratch, `npm-${bytes}`)
      writePlugin(plugin, { id: `bench-${bytes}`, sourceBytes: 8_192, assetBytes: bytes })
      writeNpmPackage(pack, `bench-${bytes}`, bytes)
      let run = 1
      const result = await compare(
        {
          plexica: () =>
            timeProgram(
              node,
              [
                bench.cli,
                'publish',
                plugin,
                '--version',
                `1.0.${run++}`,
                '--non-interactive',
                '--json',
                '--skip-tests',
              ],
              {
                env: { ...process.env, PLEXICA_API_URL: ours.url, PLEXICA_API_KEY: ours.publisherKey },
              },
            ),
          'npm publish': () => {
            writeNpmManifest(pack, `bench-${bytes}`, `1.0.${run++}`)
            return timeProgram('npm', ['publish', '--registry', verdaccio.url, '--userconfig', verdaccio.npmrc], {
              cwd: pack,
            })
          },
        },
        bench.rounds,
      )
      reportRow(`publish by command line, ${label}`, 'ms', result, [{ against: 'npm publish', most }])
    }
    await benchThroughput(bench, { ours, verdaccio, count: 25, clients: 1 })
    await benchThroughput(bench, { ours, verdaccio, count: 100, clients: 8 })
  } finally {
    await ours.stop()
    await verdaccio.stop()
  }
}

interface Load {
  ours: RunningRegistry
  verdaccio: { url: string; token: string }
  count: number
  clients: number
}

/** So many publishes over HTTP by so many clients at a time, of packages of 20 KB made beforehand. */
async function benchThroughput(bench: Bench, { ours, verdaccio, count, clients }: Load): Promise<void> {
  const names = Array.from({ length: count }, (_, i) => `load-${clients}-${i}`)
  const client = createClient({ url: ours.url, token: ours.publisherKey })
  let round = 0
  const result = await compare(
    {
      plexica: () => {
        round++
        const bodies = names.map((name) => smallPackage(name, `1.${round}.0`, 20_000))
        return throughput(bodies, clients, async (body) => {
          await client.publishPlugin({ query: {}, body: chunks(body) })
        })
      },
      verdaccio: () => {
        const bodies = names.map((name) => npmPublishBody(name, `1.${round}.0`, 20_000, verdaccio.url))
        return throughput(bodies, clients, async ({ path, json }) => {
          const headers = { 'content-type': 'application/json', authorization: `Bearer ${verdaccio.token}` }
          const response = await fetch(`${verdaccio.url}${path}`, { method: 'PUT', headers, body: json })
          const text = await response.text()
          if (!response.ok) throw new Error(`Verdaccio answered ${response.status}: ${text}`)
        })
      },
    },
    bench.rounds,
  )
  reportRow(`publishes over HTTP, ${count} at concurrency ${clients}`, '/s', result, [
    { against: 'verdaccio', least: 2 },
  ])
}

async function throughput<Body>(
  bodies: Body[],
  clients: number,
  publish: (body: Body) => Promise<void>,
): Promise<number> {
  const queue = [...bodies]
  const started = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let body = queue.pop(); body !== undefined; body = queue.pop()) await publish(body)
    }),
  )
  return bodies.length / ((performance.now() - started) / 1000)
}

async function* chunks(body: Uint8Array) {
  yield body
}

function writeNpmPackage(folder: string, name: string, bytes: number): void {
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i * 1_048_576 < bytes; i++) {
    writeFileSync(join(folder, `picture-${i}.bin`), noise(`${name}/${i}`, Math.min(1_048_576, bytes - i * 1_048_576)))
  }
  writeFileSync(join(folder, 'README.md'), '# Bench\n')
}

function writeNpmManifest(folder: string, name: string, version: string): void {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, version, license: 'MIT', description: 'For measuring.' }),
  )
}

/** What `npm publish` sends: the tarball in base64 inside a JSON document. */
function npmPublishBody(
  name: string,
  version: string,
  bytes: number,
  registry: string,
): { path: string; json: string } {
  const data = noise(`${name}@${version}`, bytes)
  const file = `${name}-${version}.tgz`
  const json = JSON.stringify({
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: {
      [version]: { name, version, _id: `${name}@${version}`, dist: { tarball: `${registry}/${name}/-/${file}` } },
    },
    _attachments: {
      [file]: { content_type: 'application/octet-stream', data: data.toString('base64'), length: data.length },
    },
  })
  return { path: `/${name}`, json }
}
