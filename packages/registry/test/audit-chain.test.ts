import { createClient } from '@plexica/api'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'
import type { Db } from '../src/db/tables.ts'
import { refusalOf } from './refusal-of.ts'
import { freshSettings, startProcess, typeCommand } from './run-registry.ts'

const keyFor = async (env: Record<string, string>) =>
  (await typeCommand(['keys', 'create', '--subject', 'sue', '--role', 'super-admin'], env)).stdout.trim()

async function inDatabase(env: { PLEXICA_DATABASE_URL: string }, act: (db: Db) => Promise<unknown>): Promise<void> {
  const read = readConfig(env)
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const db = connect(read.config.database)
  await act(db)
  await db.destroy()
}

/** A registry's database with some rows in its audit. */
async function withRows() {
  const { env } = await freshSettings()
  const { url, child, ended } = await startProcess(env)
  const client = createClient({ url, token: await keyFor(env) })
  for (const id of ['one', 'two', 'three', 'four']) await client.createTenant({ body: { id, name: id } })
  await refusalOf(createClient({ url }).whoami())
  child.kill('SIGTERM')
  await ended
  return env
}

test('the chain holds when two processes write at the same time, 200 rows each', async () => {
  const { env } = await freshSettings()
  const processes = [await startProcess(env), await startProcess(env)]
  const token = await keyFor(env)
  const writeOn = async ({ url }: { url: string }, name: string) => {
    const client = createClient({ url, token })
    for (let at = 0; at < 200; at += 10) {
      await Promise.all(
        Array.from({ length: 10 }, (_, more) => client.createTenant({ body: { id: `${name}-${at + more}`, name } })),
      )
    }
  }
  await Promise.all(processes.map((one, at) => writeOn(one, at === 0 ? 'left' : 'right')))
  const verified = await typeCommand(['audit', 'verify'], env)
  expect(verified.stdout).toMatch(/^400 rows, unbroken\. The last hash is [0-9a-f]{64}\.\n$/)
  expect(verified.code).toBe(0)
  const exported = (await typeCommand(['audit', 'export'], env)).stdout.trim().split('\n')
  const rows = exported.map((line) => JSON.parse(line))
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, at) => at + 1))
  expect(new Set(rows.map(({ tenantId }) => tenantId)).size).toBe(400)
}, 120_000)

test.each<[string, number, (db: Db) => Promise<unknown>]>([
  ['is changed', 2, (db) => db.updateTable('audit').set({ actor: 'bob' }).where('number', '=', 2).execute()],
  [
    'is changed and given a fitting hash',
    3,
    async (db) => {
      const hash = 'f'.repeat(64)
      await db.updateTable('audit').set({ hash }).where('number', '=', 3).execute()
    },
  ],
  ['is removed', 3, (db) => db.deleteFrom('audit').where('number', '=', 3).execute()],
  ['at the beginning is removed', 1, (db) => db.deleteFrom('audit').where('number', '=', 1).execute()],
  [
    'is removed and the others moved up',
    4,
    async (db) => {
      await db.deleteFrom('audit').where('number', '=', 4).execute()
      await db.updateTable('audit').set({ number: 4 }).where('number', '=', 5).execute()
    },
  ],
])('the chain is broken where a row %s', async (_name, number, tamper) => {
  const env = await withRows()
  expect(await typeCommand(['audit', 'verify'], env)).toMatchObject({ code: 0, stderr: '' })
  await inDatabase(env, tamper)
  const verified = await typeCommand(['audit', 'verify'], env)
  expect(verified).toEqual({
    code: 1,
    stdout: '',
    stderr: `plexica-registry: The audit is broken at number ${number}.\n`,
  })
  expect(JSON.parse((await typeCommand(['audit', 'verify', '--json'], env)).stdout)).toMatchObject({
    brokenAt: number,
  })
})

test('the chain has what was refused just before the registry stopped', async () => {
  const env = await withRows()
  const lines = (await typeCommand(['audit', 'export'], env)).stdout.trim().split('\n')
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    operation: 'whoami',
    actor: 'anonymous',
    code: 'key_missing',
  })
})
