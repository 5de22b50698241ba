import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem, PublishAnswer } from '@plexica/api'
import { sql } from 'kysely'
import { openBlobs } from '../src/blobs/open-blobs.ts'
import type { Config } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import { keysIn } from './fresh-storage.ts'
import type { Person, TestRegistry } from './test-registry.ts'

/** Sends bytes as a package, as they are; gives status and JSON. */
export async function sendPackage<Answer = PublishAnswer>(
  registry: Pick<TestRegistry, 'url'>,
  person: Pick<Person, 'key'>,
  bytes: Uint8Array,
  { path = '/api/plugins', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; answer: Answer; problem: Problem }> {
  const response = await fetch(registry.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.key}`, 'content-type': 'application/gzip', ...headers },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
  const json = await response.json()
  return { status: response.status, answer: json as Answer, problem: json as Problem }
}

/** All that a registry keeps: rows in its tables, and files in its blob store whatever their names. */
export async function storedIn({
  folder,
  config,
}: {
  folder: string
  config: Pick<Config, 'database' | 'storage'>
}): Promise<Record<string, number>> {
  const db = connect(config.database)
  const counts: Record<string, number> = {}
  for (const table of ['plugins', 'plugin_owners', 'versions', 'submissions', 'plugin_search']) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)
    counts[table] = rows[0]?.n ?? 0
  }
  await db.destroy()
  if (config.storage.kind === 's3') {
    counts.files = (await keysIn(await openBlobs(config.storage))).length
  } else {
    const entries = await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true })
    counts.files = entries.filter((entry) => entry.isFile()).length
  }
  return counts
}
