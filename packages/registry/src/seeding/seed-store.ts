import { randomUUID } from 'node:crypto'
import { addToDays } from '../analytics/plugin-day-store.ts'
import { partsOf } from '../db/pieces.ts'
import type { Db, Trx, VersionRow } from '../db/tables.ts'
import { unsaid } from '../ratings/rating-store.ts'
import { type Reception, seededTenants } from './seeded-people.ts'

/** Rows in one statement. */
const rowsEach = 500

export async function addSeededTenants(db: Db, now: Date): Promise<void> {
  const created_at = now.toISOString()
  for (const some of partsOf(seededTenants, rowsEach)) {
    await db
      .insertInto('tenants')
      .values(some.map((tenant) => ({ ...tenant, created_at })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** The names of the plugins that have these canonical ids, by those. */
export async function findByCanonicalIds(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('plugins')
    .select(['canonical_id', 'name'])
    .where('canonical_id', 'in', ids)
    .execute()
  return new Map(rows.map(({ canonical_id, name }) => [canonical_id ?? '', name]))
}

/** Adds who has the version, on which days, and what they say of it. */
export async function addReception(
  trx: Trx,
  { plugin_id, version, digest }: Pick<VersionRow, 'plugin_id' | 'version' | 'digest'>,
  installs: Reception['installs'],
): Promise<void> {
  if (installs.length === 0) return
  const of = { plugin_id, version }
  await trx
    .insertInto('installations')
    .values(
      installs.map(({ tenantId, at }) => ({
        ...of,
        digest,
        tenant_id: tenantId,
        enabled: 1,
        configuration: '{}',
        secrets: '{}',
        granted_permissions: '[]',
        installed_by: 'seeder',
        installed_at: at.toISOString(),
        updated_at: at.toISOString(),
        experiment: null,
        sandboxed: 0,
      })),
    )
    .execute()
  const days = Object.groupBy(installs, ({ at }) => at.toISOString().slice(0, 10))
  await addToDays(
    trx,
    Object.entries(days).map(([day, some = []]) => ({
      pluginId: plugin_id,
      day,
      installs: some.length,
      enabledChange: some.length,
    })),
  )
  await trx
    .insertInto('counted_installations')
    .values(installs.map(({ tenantId }) => ({ tenant_id: tenantId, plugin_id, enabled: 1 })))
    .execute()
  const ratings = installs.flatMap(({ tenantId, at, stars }) =>
    stars === undefined
      ? []
      : [{ tenant_id: tenantId, stars, created_at: at.toISOString(), updated_at: at.toISOString() }],
  )
  if (ratings.length === 0) return
  await trx
    .insertInto('ratings')
    .values(ratings.map((rating) => ({ ...unsaid, ...of, ...rating, id: randomUUID(), subject: 'seeded-user' })))
    .execute()
}

export async function setCounts(
  trx: Trx,
  pluginId: string,
  { downloads, installs }: { downloads: number; installs: number },
): Promise<void> {
  await trx
    .updateTable('plugins')
    .set({ download_count: downloads, install_count: installs })
    .where('id', '=', pluginId)
    .execute()
}
