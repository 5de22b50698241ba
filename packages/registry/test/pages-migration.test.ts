import type { Kysely } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../src/db/connect.ts'
import { up } from '../src/db/migrations/0014-pages.ts'
import { plainPackage } from './plain-package.ts'
import { startPeople } from './start-people.ts'

const { registry, publish } = await startPeople()
afterAll(() => registry.stop())

test('plugins from before have the screenshot of the version that their listing shows', async () => {
  await publish(plainPackage({ id: 'old-card' }))
  await publish(
    plainPackage({ id: 'old-card', version: '1.1.0', screenshots: [{ path: 'assets/card.png', alt: 'New' }] }),
  )
  await publish(plainPackage({ id: 'bare-card', screenshots: undefined }))
  const db = connect(registry.config.database)
  const look = () => db.selectFrom('plugins').select(['id', 'screenshot']).orderBy('id').execute()
  const before = await look()
  expect(before).toEqual([
    { id: 'bare-card', screenshot: null },
    { id: 'old-card', screenshot: JSON.stringify({ path: 'assets/card.png', alt: 'New' }) },
  ])
  // As the database was before.
  await db.schema.dropTable('sessions').execute()
  await db.schema.alterTable('plugins').dropColumn('screenshot').execute()
  await up(db as unknown as Kysely<unknown>)
  expect(await look()).toEqual(before)
  await db.destroy()
})
