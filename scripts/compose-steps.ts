// Carries out, in an empty folder and without containers, what Dockerfile and compose.yaml say: the build stage's
// commands, three registries with the environment of compose.yaml, the health check, the shipped nginx.conf where there
// is nginx; and the way there from docs/growing.md: one process on SQLite and disk, a backup, the move.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createClient } from '../packages/api/src/index.ts'
import { goodPackage } from '../packages/inspect/test/build-package.ts'
import { startPostgres } from '../packages/registry/test/start-postgres.ts'
import { startS3 } from '../packages/registry/test/start-s3.ts'
import { freePort } from './free-port.ts'
import { startProxy } from './front-proxy.ts'
import { runProgram, type StartedProgram, startProgram } from './programs.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'plexica-compose-'))
const [source, out] = [join(folder, 'src'), join(folder, 'out')]
const program = join(out, 'bin/plexica-registry.cjs')
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
const postgres = await startPostgres()
const s3 = await startS3()
await s3.makeBucket('plexica')
const running: StartedProgram[] = []

try {
  step('COPY . . (what git knows)', copySources)
  for (const command of buildCommands()) await step(`RUN ${command}`, () => inShell(command, source))

  // One process on SQLite and disk.
  const small = environment({
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'data/plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'data/blobs')}`,
  })
  const alone = await step('start one registry', () => start(small))
  await step('HEALTHCHECK', () => checkHealth(alone.port))
  const [publisher, admin] = [await makeKey(small, 'publisher'), await makeKey(small, 'super-admin')]
  await step('publish and approve', () => publish(alone.url, publisher, admin))
  await step('backup', () => runProgram([program, 'backup', join(folder, 'backup')], { env: small }))
  await alone.program.stop()

  // The same registry on PostgreSQL and S3, three times.
  const grown = environment(composeEnvironment())
  const target = ['--to', grown.PLEXICA_DATABASE_URL ?? '', '--storage', grown.PLEXICA_STORAGE_URL ?? '']
  await step('move --to postgres --storage s3', () =>
    runProgram([program, 'move', ...target], { env: { ...small, ...credentials() } }),
  )
  const three = await step('start three registries', () => Promise.all([start(grown), start(grown), start(grown)]))
  for (const { port } of three) await step('HEALTHCHECK', () => checkHealth(port))
  const proxy = await startProxy(three.map(({ port }) => port))
  try {
    await step(`read through ${proxy.kind}`, () => readAll(proxy.url))
    await step('publish through the proxy', () => publish(proxy.url, publisher, admin, 'later'))
  } finally {
    await proxy.stop()
  }
  for (const each of three) await each.program.stop()

  // And back.
  const back = environment({
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'back/plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'back/blobs')}`,
  })
  const home = ['--to', back.PLEXICA_DATABASE_URL ?? '', '--storage', back.PLEXICA_STORAGE_URL ?? '']
  await step('move back to SQLite and disk', () => runProgram([program, 'move', ...home], { env: grown }))
  const again = await step('start one registry', () => start(back))
  await step('read', () => readAll(again.url))
} finally {
  for (const each of running) await each.stop()
  await s3.stop()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}

function step<T>(name: string, act: () => T): T {
  console.log(`· ${name}`)
  return act()
}

function copySources(): void {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of stdout.trim().split('\n')) {
    mkdirSync(dirname(join(source, file)), { recursive: true })
    cpSync(join(root, file), join(source, file))
  }
}

/** The RUN lines of the build stage, after pnpm is there. */
function buildCommands(): string[] {
  const [stage = ''] = dockerfile.split(/^FROM node:24-slim$/m)
  const commands = stage.match(/(?<=^RUN ).+$/gm) ?? []
  return commands.filter((one) => !one.startsWith('npm install --global')).map((one) => one.replace('/out', out))
}

/** Beside this process, whose S3 server has to go on answering. */
async function inShell(command: string, cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const child = spawn('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (status !== 0) throw new Error(`${command} ended with status ${status}\n${stdout}${stderr}`)
}

/** The settings of `environment:` in compose.yaml, with the places of this run. */
function composeEnvironment(): Record<string, string> {
  const [, block = ''] =
    /^x-registry:[\s\S]*?^ {2}environment:\n((?: {4}.+\n)+)/m.exec(readFileSync(join(root, 'compose.yaml'), 'utf8')) ??
    []
  const lines = [...block.matchAll(/^ {4}(\w+): (.+)$/gm)].map(([, name = '', value = '']) => [name, value] as const)
  if (lines.length === 0) throw new Error('compose.yaml has no environment')
  return Object.fromEntries(
    lines.map(([name, value]) => [
      name,
      value
        .replace(/postgres:\/\/.+@postgres:5432\/plexica/, postgres.url)
        .replace('http://minio:9000', s3.endpoint)
        .replace('/etc/plexica/', `${join(root, 'examples')}/`)
        .replace(/\$\{PLEXICA_SECRET_KEY[^}]*\}/, Buffer.alloc(32, 5).toString('base64'))
        .replace(/\$\{\w+:-([^}]*)\}/, '$1')
        .replace(/\$\{\w+:\?[^}]*\}/, 'password'),
    ]),
  )
}

function credentials() {
  return { AWS_ACCESS_KEY_ID: 'plexica', AWS_SECRET_ACCESS_KEY: 'password' }
}

function environment(settings: Record<string, string>): Record<string, string> {
  return { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...settings }
}

async function start(settings: Record<string, string>) {
  const port = await freePort()
  const env = { ...settings, PLEXICA_PORT: String(port) }
  const started = await startProgram([program, 'start'], { env, ready: /"msg":"listening"/ })
  running.push(started)
  return { port, url: `http://127.0.0.1:${port}`, program: started }
}

async function checkHealth(port: number): Promise<void> {
  const [, command = ''] = /^HEALTHCHECK .*\\\n {2}CMD (.+)$/m.exec(dockerfile) ?? []
  await inShell(command, folder, { PATH: process.env.PATH, PLEXICA_PORT: String(port) })
}

async function makeKey(env: Record<string, string>, role: string): Promise<string> {
  const { stdout } = await runProgram([program, 'keys', 'create', '--subject', 'sam', '--role', role], { env })
  return stdout.trim()
}

async function publish(url: string, publisher: string, admin: string, id = 'first'): Promise<void> {
  async function* body() {
    yield goodPackage({ manifest: { id } })
  }
  const { digest } = await createClient({ url, token: publisher }).publishPlugin({ body: body() })
  await createClient({ url, token: admin }).approveVersion({
    params: { pluginId: id },
    body: { version: '1.0.0', digest },
  })
}

async function readAll(url: string): Promise<void> {
  for (const path of ['/plugins/bundles/first/v1.0.0/bundle.js', '/api/plugins/first', '/api/plugins/search?q=first']) {
    const response = await fetch(url + path)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${path} answered with ${response.status}`)
  }
}
