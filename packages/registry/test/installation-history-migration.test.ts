import type { Migration } from 'kysely/migration'
import { expect, test } from 'vitest'
import * as installations from '../src/db/migrations/0006-installations.ts'
import { openWorld } from '../src/open-world.ts'
import { inAcme, startTenants } from './start-tenants.ts'

const migration: Migration = installations

test('what was installed before there was a history has one afterwards', async () => {
  const t = await startTenants()
  await t.publish('older', '1.0.0')
  const { installedAt } = await t.install('older')
  const { world, close } = await openWorld(t.registry.config, () => '')
  await world.db.schema.dropTable('installation_history').execute()
  await world.db.schema.dropIndex('versions_by_plugin_and_state').execute()
  await migration.up(world.db)
  await close()
  expect(await t.tom.client.listInstallationHistory(inAcme('older'))).toEqual({
    total: 1,
    history: [
      { action: 'installed', version: '1.0.0', previousVersion: null, by: 'ada', at: installedAt, changed: [] },
    ],
  })
  await t.registry.stop()
})
