import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from '../scripts/programs.ts'
import type { Bench } from './bench.ts'
import { compare } from './measure.ts'
import { builtPackage, smallPackage } from './packages.ts'
import { freePort, type Served, serve } from './programs.ts'
import { reportRow } from './report.ts'
import { publishAndApprove, startOurRegistry, startVerdaccio } from './servers.ts'

const floors = join(import.meta.dirname, 'floors')

/** Downloads of a bundle and of a package of about 100 KB, and one plugin's JSON, from a warm server. */
export async function benchServing(bench: Bench): Promise<void> {
  const ours = await startOurRegistry(bench)
  const verdaccio = await startVerdaccio(bench)
  const floorServers: Served[] = []
  const floor = async (file: string, ...args: string[]) => {
    const port = await freePort()
    const served = await serve(process.execPath, [join(floors, file), String(port), ...args], {
      url: `http://127.0.0.1:${port}/`,
    })
    floorServers.push(served)
    return served.url
  }
  try {
    const { id, version } = await publishAndApprove(ours, builtPackage(bench, 'bench-bundle', 130_000))
    const bundle = `${ours.url}/plugins/bundles/${id}/v${version}/bundle.js`
    const bundleBytes = await bytesOf(bundle)
    const bundleFloor = await floor('bytes.mjs', fileOf(bench, 'bundle.js', bundleBytes))
    const bundles = await compare(
      { floor: () => requestsPerSecond(bench, bundleFloor), plexica: () => requestsPerSecond(bench, bundle) },
      bench.rounds,
    )
    reportRow(`bundle download, ${Math.round(bundleBytes.length / 1_000)} KB`, '/s', bundles, [
      { against: 'floor', least: 0.8 },
    ])

    const content = smallPackage('bench-package', '1.0.0', 100_000)
    const other = await publishAndApprove(ours, content)
    const download = `${ours.url}/api/plugins/${other.id}/versions/${other.version}/package`
    const packageFloor = await floor('bytes.mjs', fileOf(bench, 'package.tar.gz', content))
    const tarball = await publishToVerdaccio(verdaccio, content)
    const packages = await compare(
      {
        floor: () => requestsPerSecond(bench, packageFloor),
        plexica: () => requestsPerSecond(bench, download),
        verdaccio: () => requestsPerSecond(bench, tarball),
      },
      bench.rounds,
    )
    reportRow('package download, 100 KB', '/s', packages, [
      { against: 'floor', least: 0.8 },
      { against: 'verdaccio', least: 7 },
    ])

    const row = await floor('row.mjs', ours.database, id)
    const plugins = await compare(
      {
        floor: () => requestsPerSecond(bench, row),
        plexica: () => requestsPerSecond(bench, `${ours.url}/api/plugins/${id}`),
        verdaccio: () => requestsPerSecond(bench, `${verdaccio.url}/bench-tarball`),
      },
      bench.rounds,
    )
    reportRow('one plugin’s JSON', '/s', plugins, [
      { against: 'floor', least: 0.8 },
      { against: 'verdaccio', least: 5 },
    ])
  } finally {
    for (const { stop } of [ours, verdaccio, ...floorServers]) await stop()
  }
}

/** What a load of 16 connections gets in three seconds. Every answer has to be a success. */
async function requestsPerSecond({ rivals }: Bench, url: string): Promise<number> {
  const { stdout } = await runProgram([join(import.meta.dirname, 'load.mjs'), rivals.modules, url], {
    env: process.env,
  })
  const { perSecond, refused } = JSON.parse(stdout)
  if (refused > 0) throw new Error(`${url}: ${refused} refused`)
  return perSecond
}

async function bytesOf(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } })
  return new Uint8Array(await response.arrayBuffer())
}

/** The same bytes for the floor: what is sent decides what receiving it costs. */
function fileOf({ scratch }: Bench, name: string, content: Uint8Array): string {
  const file = join(scratch, name)
  writeFileSync(file, content)
  return file
}

async function publishToVerdaccio(
  { url, token }: { url: string; token: string },
  content: Uint8Array,
): Promise<string> {
  const name = 'bench-tarball'
  const file = `${name}-1.0.0.tgz`
  const tarball = `${url}/${name}/-/${file}`
  const data = Buffer.from(content).toString('base64')
  const body = {
    _id: name,
    name,
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name, version: '1.0.0', _id: `${name}@1.0.0`, dist: { tarball } } },
    _attachments: { [file]: { content_type: 'application/octet-stream', data, length: content.length } },
  }
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/${name}`, { method: 'PUT', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`Verdaccio answered ${response.status}: ${await response.text()}`)
  return tarball
}
