import type { AdvisoryMatch } from '@plexica/inspect'
import { sql } from 'kysely'
import { countOf } from '../db/count-of.ts'
import type { AdvisoryRow, Db, Trx, VersionAdvisoryRow } from '../db/tables.ts'
import type { VersionKey } from '../publishing/version-store.ts'

export function versionAdvisoryRow(
  { plugin_id, version }: VersionKey,
  { advisory, package: name, version: packageVersion, fixed }: AdvisoryMatch,
  at: string,
): VersionAdvisoryRow {
  return {
    plugin_id,
    version,
    advisory_id: advisory.id,
    package: name,
    package_version: packageVersion,
    fixed,
    first_seen: at,
  }
}

/** False when it is known already. */
export async function insertVersionAdvisory(trx: Trx, row: VersionAdvisoryRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('version_advisories')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['plugin_id', 'version', 'advisory_id', 'package', 'package_version']).doNothing(),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function setFixed(trx: Trx, row: VersionAdvisoryRow): Promise<void> {
  await sameRow(trx.updateTable('version_advisories').set({ fixed: row.fixed }), row).execute()
}

export async function deleteVersionAdvisory(trx: Trx, row: VersionAdvisoryRow): Promise<void> {
  await sameRow(trx.deleteFrom('version_advisories'), row).execute()
}

/** All of a version, whose bytes are being replaced. */
export async function deleteVersionAdvisories(trx: Trx, { plugin_id, version }: VersionKey): Promise<void> {
  await trx.deleteFrom('version_advisories').where('plugin_id', '=', plugin_id).where('version', '=', version).execute()
}

function sameRow<Query extends { where(column: keyof VersionAdvisoryRow, is: '=', value: string): Query }>(
  query: Query,
  row: VersionAdvisoryRow,
): Query {
  return query
    .where('plugin_id', '=', row.plugin_id)
    .where('version', '=', row.version)
    .where('advisory_id', '=', row.advisory_id)
    .where('package', '=', row.package)
    .where('package_version', '=', row.package_version)
}

/** What is known of the versions from the first to the last, both included. */
export async function versionAdvisoriesBetween(
  db: Db,
  first: VersionKey,
  last: VersionKey,
): Promise<VersionAdvisoryRow[]> {
  return db
    .selectFrom('version_advisories')
    .selectAll()
    .where(sql<boolean>`(plugin_id, version) >= (${first.plugin_id}, ${first.version})`)
    .where(sql<boolean>`(plugin_id, version) <= (${last.plugin_id}, ${last.version})`)
    .execute()
}

/** What is known of one version, with what its advisories say. */
export type KnownAdvisoryRow = VersionAdvisoryRow & Pick<AdvisoryRow, 'summary' | 'severity' | 'link' | 'aliases'>

interface Page {
  readonly skip: number
  readonly take: number
}

/** A page of the advisories about a version, by id. */
export async function listAdvisoriesOf(
  db: Db,
  { plugin_id, version }: VersionKey,
  { skip, take }: Page,
): Promise<{ rows: KnownAdvisoryRow[]; total: number }> {
  const rows = await known(db)
    .where('plugin_id', '=', plugin_id)
    .where('version', '=', version)
    .orderBy('advisory_id')
    .orderBy('package')
    .orderBy('package_version')
    .offset(skip)
    .limit(take)
    .execute()
  const all = db.selectFrom('version_advisories').where('plugin_id', '=', plugin_id).where('version', '=', version)
  return { rows, total: await countOf(all) }
}

/** A page of all affected versions with how many tenants have them, the newest discoveries first. */
export async function listAffected(
  db: Db,
  { skip, take }: Page,
): Promise<{ rows: (KnownAdvisoryRow & { installations: number })[]; total: number }> {
  const rows = await known(db)
    .select((eb) =>
      eb
        .selectFrom('installations')
        .whereRef('installations.plugin_id', '=', 'version_advisories.plugin_id')
        .whereRef('installations.version', '=', 'version_advisories.version')
        .select((count) => count.fn.countAll<number>().as('count'))
        .as('installations'),
    )
    .orderBy('first_seen', 'desc')
    .orderBy('plugin_id', 'desc')
    .orderBy('version', 'desc')
    .orderBy('advisory_id', 'desc')
    .orderBy('package', 'desc')
    .orderBy('package_version', 'desc')
    .offset(skip)
    .limit(take)
    .execute()
  const total = await countOf(db.selectFrom('version_advisories'))
  return { rows: rows.map((row) => ({ ...row, installations: row.installations ?? 0 })), total }
}

function known(db: Db) {
  return db
    .selectFrom('version_advisories')
    .innerJoin('advisories', 'advisories.id', 'version_advisories.advisory_id')
    .selectAll('version_advisories')
    .select(['summary', 'severity', 'link', 'aliases'])
}
