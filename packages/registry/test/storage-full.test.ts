import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { freshSettings, runRegistry, startProcess } from './run-registry.ts'
import { sendPackage, storedIn } from './send-package.ts'

test('a registry without room refuses, keeps nothing, lives on, and goes on when there is room again', async () => {
  const { folder, env } = await freshSettings()
  const path = `${folder}/plexica.db`
  Object.assign(env, { PLEXICA_DATABASE_URL: `sqlite:${path}` })
  const all = {
    folder,
    config: { database: { engine: 'sqlite', path }, storage: { kind: 'disk', folder: `${folder}/blobs` } },
  } as const
  const { stdout } = await runRegistry(['keys', 'create', '--subject', 'ann', '--role', 'publisher'], env)
  const ann = { key: stdout.trim() }
  const { url, child } = await startProcess(env)
  // A limit on the size of files gives the process what a full disk would.
  const limitTo = (bytes: number | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:`])
  const large = goodPackage({ manifest: { id: 'large' }, files: { 'assets/noise.png': randomBytes(4_000_000) } })
  const small = goodPackage({ manifest: { id: 'small' } })
  await sendPackage({ url }, ann, small)

  const before = await storedIn(all)
  limitTo(2_000_000)
  const refused = await sendPackage({ url }, ann, large)
  expect([refused.status, refused.problem.code]).toEqual([503, 'storage_full'])
  expect(await storedIn(all)).toEqual(before)
  const next = await sendPackage({ url }, ann, goodPackage({ manifest: { id: 'small', version: '1.1.0' } }))
  expect(next.status).toBe(201)

  // Now the package has room, and the rows have none.
  const between = await storedIn(all)
  limitTo(8_000)
  const unrecorded = await sendPackage({ url }, ann, goodPackage({ manifest: { id: 'small', version: '1.2.0' } }))
  expect([unrecorded.status, unrecorded.problem.code]).toEqual([503, expect.stringMatching(/^storage_/)])
  const { files: orphans = 0, ...rows } = await storedIn(all)
  expect({ ...rows, files: orphans - 1 }).toEqual(between)

  limitTo('unlimited')
  const taken = await sendPackage({ url }, ann, large)
  expect(taken.answer).toMatchObject({ created: true, status: 'pending_review' })
})
