import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem, PublishAnswer } from '@plexica/api'
import Database from 'better-sqlite3'
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
export async function storedIn({ folder }: Pick<TestRegistry, 'folder'>): Promise<Record<string, number>> {
  const database = new Database(join(folder, 'plexica.db'), { readonly: true })
  const counts: Record<string, number> = {}
  for (const table of ['plugins', 'plugin_owners', 'versions', 'submissions', 'plugin_search']) {
    counts[table] = Number(database.prepare(`select count(*) from ${table}`).pluck().get())
  }
  database.close()
  const entries = await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true })
  counts.files = entries.filter((entry) => entry.isFile()).length
  return counts
}
