import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, type Role } from '@plexica/api'
import { createKey } from '../src/auth/create-key.ts'
import { readConfig } from '../src/config.ts'
import { openWorld } from '../src/open-world.ts'
import { startRegistry } from '../src/start-registry.ts'
import { documentedFetch } from './documented-fetch.ts'
import { freshDatabase } from './fresh-database.ts'
import { freshStorage } from './fresh-storage.ts'

export interface Person {
  key: string
  client: Client
}

/**
 * A registry on a fresh database and folder and a free port, with its people. Everything goes through HTTP. With a clock
 * of its own it lives in that time.
 */
export async function startTestRegistry(env: Record<string, string> = {}, now?: () => Date, pagesFolder = '') {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-registry-'))
  const database = await freshDatabase(folder)
  const storage = await freshStorage(folder)
  const read = readConfig({
    PLEXICA_DATABASE_URL: database.url,
    PLEXICA_STORAGE_URL: storage.url,
    PLEXICA_PLATFORM_FILE: join(import.meta.dirname, 'platform.json'),
    PLEXICA_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    PLEXICA_PORT: '0',
    PLEXICA_LOG_LEVEL: 'silent',
    ...env,
  })
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const { config } = read
  let registry = await startRegistry(config, undefined, now, pagesFolder)

  return {
    folder,
    config,
    get url() {
      return registry.url
    },
    /** A person with a key of their own, made as the operator's command makes it. */
    async person(subject: string, role: Role, tenantId?: string): Promise<Person> {
      const { world, close } = await openWorld(config, () => registry.url)
      const { key } = await createKey(world, { subject, role, ...(tenantId ? { tenantId } : {}) })
      await close()
      return { key, client: createClient({ url: registry.url, token: key, fetch: documentedFetch }) }
    },
    anonymous: () => createClient({ url: registry.url, fetch: documentedFetch }),
    async restart() {
      await registry.stop()
      registry = await startRegistry(config, undefined, now, pagesFolder)
    },
    async stop() {
      await registry.stop()
      await database.drop()
      await storage.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type TestRegistry = Awaited<ReturnType<typeof startTestRegistry>>
