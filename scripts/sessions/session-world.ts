import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createClient, type Role } from '../../packages/api/src/index.ts'
import { runProgram, startProgram } from '../programs.ts'

const root = join(import.meta.dirname, '../..')
const registryProgram = join(root, 'packages/registry/bin/plexica-registry.cjs')

/** Shown as the end of the keys of those whose keys end; far enough for every recording. */
const expiresAt = '2099-12-31T12:00:00.000Z'

/** Who uses the command line. */
export type PersonName = 'root' | 'ann' | 'ben' | 'ada'

export type SessionWorld = Awaited<ReturnType<typeof openWorld>>

/** A registry in a fresh folder with the tenant acme, its admin, two publishers and a super-admin. */
export async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-sessions-'))
  const env = {
    ...process.env,
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
    PLEXICA_PLATFORM_FILE: join(root, 'examples/platform.json'),
    PLEXICA_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    PLEXICA_LOG_LEVEL: 'info',
    PLEXICA_PORT: '0',
  }
  const registry = await startProgram([registryProgram, 'start'], { env, ready: /"url":"([^"]+)"/ }).catch(
    async (error: unknown) => {
      await rm(folder, { recursive: true, force: true })
      throw error
    },
  )
  const close = async () => {
    await registry.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { ...(await fill(folder, registry.match[1] as string, env)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function fill(folder: string, url: string, registryEnv: NodeJS.ProcessEnv) {
  const operator = ['keys', 'create', '--subject', 'root', '--role', 'super-admin']
  const { stdout } = await runProgram([registryProgram, ...operator, '--tenant', 'acme', '--create-tenant', 'Acme'], {
    env: registryEnv,
  })
  const keys = { root: stdout.trim() } as Record<PersonName, string>
  const rootClient = createClient({ url, token: keys.root })
  const makeKey = async (subject: PersonName, role: Role, more: { tenantId?: string } = {}) => {
    keys[subject] = (await rootClient.createKey({ body: { subject, role, expiresAt, ...more } })).key
  }
  await makeKey('ann', 'publisher')
  await makeKey('ben', 'publisher')
  await makeKey('ada', 'tenant-admin', { tenantId: 'acme' })

  const cli = join(root, 'packages/cli/bin/plexica.js')
  const bin = join(folder, 'bin')
  const temporary = join(folder, 'tmp')
  await Promise.all([bin, temporary].map((place) => mkdir(place)))
  await writeFile(join(bin, 'plexica'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`, { mode: 0o755 })
  /** What stands in the environment of a person's shell, and nothing of the one that records. */
  const envOf = (person: PersonName): Record<string, string> => ({
    PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: join(folder, 'home'),
    TMPDIR: temporary,
    PAGER: 'cat',
    PLEXICA_API_URL: url,
    PLEXICA_API_KEY: keys[person],
    ...(person === 'ada' ? { PLEXICA_TENANT: 'acme' } : {}),
  })
  /** Runs the command line off stage, and gives the object that it prints. */
  const plexica = async (person: PersonName, args: string[], cwd = folder) => {
    const output = await runProgram([cli, ...args, '--json'], { env: envOf(person), cwd })
    return JSON.parse(output.stdout)
  }
  let places = 0
  return {
    folder,
    url,
    envOf,
    plexica,
    /** An empty folder. */
    async place(): Promise<string> {
      const made = join(folder, `work-${places++}`)
      await mkdir(made)
      return made
    },
    /** Publishes a folder as a person and approves it. */
    async release(person: PersonName, plugin: string, ...options: string[]): Promise<void> {
      const { submission } = await plexica(person, ['publish', '--skip-tests', ...options], plugin)
      await plexica('root', ['review', 'approve', submission])
    },
    /** Approves all that waits, so that a queue has only what comes after. */
    async clearQueue(): Promise<void> {
      const { submissions } = await plexica('root', ['review', 'list'])
      const ids = submissions.map(({ id }: { id: string }) => id)
      if (ids.length > 0) await plexica('root', ['review', 'approve', ...ids])
    },
    example: (name: string) => join(root, 'examples', name),
  }
}
