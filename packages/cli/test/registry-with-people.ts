import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, type Role, type Submission, submissionStates } from '@plexica/api'
import { runProgram, startProgram } from '../../../scripts/programs.ts'
import { keepSecret } from './machine.ts'

const program = join(import.meta.dirname, '../../registry/bin/plexica-registry.cjs')

export interface Person {
  readonly key: string
  readonly client: Client
}

export type RegistryWithPeople = Awaited<ReturnType<typeof startRegistryWithPeople>>

/** A registry as a process of its own on a fresh folder, the tenant acme, and somebody of each kind with a key. `start` is
 * the program that runs it, the registry's own unless told. */
export async function startRegistryWithPeople(
  settings: Readonly<Record<string, string>> = {},
  start: string[] = [program, 'start'],
) {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-online-registry-'))
  const env = {
    ...process.env,
    PLEXICA_DATABASE_URL: `sqlite:${join(folder, 'plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(folder, 'blobs')}`,
    PLEXICA_PLATFORM_FILE: join(import.meta.dirname, '../../../examples/platform.json'),
    PLEXICA_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    PLEXICA_PORT: '0',
    PLEXICA_LOG_LEVEL: 'info',
    ...settings,
  }
  const starting = startProgram(start, { env, ready: /"url":"([^"]+)"/ })
  const registry = await starting.catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  const url = registry.match[1] as string
  const personWith = (key: string): Person => {
    keepSecret(key)
    return { key, client: createClient({ url, token: key }) }
  }

  /** The first key comes from the operator; with it every other is made over HTTP, as people do. */
  const operator = ['keys', 'create', '--subject', 'root', '--role', 'super-admin']
  const made = await runProgram([program, ...operator, '--tenant', 'acme', '--create-tenant', 'Acme'], { env })
  const root = personWith(made.stdout.trim())
  const person = async (subject: string, role: Role, more: { tenantId?: string; expiresAt?: string } = {}) => {
    const { key, id } = await root.client.createKey({ body: { subject, role, ...more } })
    return { ...personWith(key), keyId: id }
  }
  const [ann, ben, ada] = await Promise.all([
    person('ann', 'publisher'),
    person('ben', 'publisher'),
    person('ada', 'tenant-admin', { tenantId: 'acme' }),
  ])

  return {
    url,
    /** Where packages are kept once they are stored. */
    blobs: join(folder, 'blobs'),
    /** Super-admin. */
    root,
    /** Publishers. */
    ann,
    ben,
    /** Admin of the tenant acme. */
    ada,
    person,
    /** Every submission of a plugin, open or decided. */
    async submissionsOf(pluginId: string): Promise<Submission[]> {
      const pages = await Promise.all(
        submissionStates.map((state) => root.client.listSubmissions({ query: { pluginId, state, take: 100 } })),
      )
      return pages.flatMap(({ submissions }) => submissions)
    },
    async stop() {
      await registry.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
