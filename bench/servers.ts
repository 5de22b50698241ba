import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '../packages/api/src/index.ts'
import { runProgram } from '../scripts/programs.ts'
import type { Bench } from './bench.ts'
import { freePort, type Served, serve } from './programs.ts'

export interface RunningRegistry extends Served {
  publisherKey: string
  adminKey: string
  /** The SQLite file. */
  database: string
  /** Under which its commands act on the same data. */
  env: NodeJS.ProcessEnv
}

/** Our registry as people run it: SQLite, or the PostgreSQL of that address, and disk; every commit synced, warnings logged. */
export async function startOurRegistry({ scratch, registry }: Bench, postgres?: string): Promise<RunningRegistry> {
  const folder = mkdtempSync(join(scratch, 'registry-'))
  const port = await freePort()
  const database = join(folder, 'plexica.db')
  const env = {
    ...process.env,
    PLEXICA_DATABASE_URL: postgres ?? `sqlite:${database}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
    PLEXICA_PORT: String(port),
    PLEXICA_LOG_LEVEL: 'info',
    // Counted like everybody’s, but never spent: the load comes from one address and one key.
    PLEXICA_RATE_LIMITS: 'reads=99999999,writes=99999999,publishes=99999999',
  }
  const url = `http://127.0.0.1:${port}`
  const served = await serve(process.execPath, [registry, 'start'], { url: `${url}/readyz`, env })
  const key = async (role: string) =>
    (
      await runProgram([registry, 'keys', 'create', '--subject', `bench-${role}`, '--role', role], { env })
    ).stdout.trim()
  return { ...served, url, database, env, publisherKey: await key('publisher'), adminKey: await key('super-admin') }
}

/** Verdaccio 6 on loopback without uplinks, with one user who may publish. */
export async function startVerdaccio({ scratch, rivals }: Bench): Promise<Served & { npmrc: string; token: string }> {
  const folder = mkdtempSync(join(scratch, 'verdaccio-'))
  mkdirSync(join(folder, 'storage'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  writeFileSync(
    join(folder, 'config.yaml'),
    [
      `storage: ${join(folder, 'storage')}`,
      'auth:',
      '  htpasswd:',
      `    file: ${join(folder, 'htpasswd')}`,
      'uplinks: {}',
      'packages:',
      "  '**':",
      '    access: $all',
      '    publish: $authenticated',
      'max_body_size: 200mb',
      'log: { type: stdout, format: json, level: warn }',
    ].join('\n'),
  )
  const served = await serve(
    process.execPath,
    [rivals.bin('verdaccio'), '--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`],
    {
      url: `${url}/-/ping`,
    },
  )
  const user = { name: 'bench', password: 'bench-password' }
  const login = await fetch(`${url}/-/user/org.couchdb.user:bench`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(user),
  })
  const { token } = (await login.json()) as { token: string }
  const npmrc = join(folder, 'npmrc')
  writeFileSync(npmrc, `//127.0.0.1:${port}/:_authToken=${token}\nupdate-notifier=false\n`)
  return { ...served, url, npmrc, token }
}

/** Publishes a package and approves it. */
export async function publishAndApprove(
  registry: RunningRegistry,
  body: Uint8Array,
): Promise<{ id: string; version: string }> {
  const published = await createClient({ url: registry.url, token: registry.publisherKey }).publishPlugin({
    query: {},
    body: (async function* () {
      yield body
    })(),
  })
  const { id, version, digest } = published
  await createClient({ url: registry.url, token: registry.adminKey }).approveVersion({
    params: { pluginId: id },
    body: { version, digest },
  })
  return { id, version }
}
