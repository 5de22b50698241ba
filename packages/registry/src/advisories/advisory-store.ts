import type { Advisory, AffectedVersions, PackageAdvisory } from '@plexica/inspect'
import { partsOf } from '../db/pieces.ts'
import type { AdvisoryRow, Db, Trx } from '../db/tables.ts'

/** What became of the records of one batch. */
export interface Saved {
  added: number
  updated: number
  /** Known in this or a newer form. */
  unchanged: number
  /** About nothing that a plugin could bundle. */
  ignored: number
}

/** Keeps advisories; a record is written only where it is newer than what is known. */
export async function saveAdvisories(trx: Trx, advisories: readonly Advisory[]): Promise<Saved> {
  const saved: Saved = { added: 0, updated: 0, unchanged: 0, ignored: 0 }
  const known = await knownTimes(trx, [...new Set(advisories.map(({ id }) => id))])
  // In one order, so that no two transactions wait for each other.
  for (const advisory of advisories.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const before = known.get(advisory.id)
    if (before === undefined && advisory.packages.length === 0) saved.ignored++
    else if (before !== undefined && !isNewer(advisory.modified, before)) saved.unchanged++
    else {
      await putAdvisory(trx, advisory)
      known.set(advisory.id, advisory.modified)
      if (before === undefined) saved.added++
      else saved.updated++
    }
  }
  return saved
}

function isNewer(modified: string, before: string): boolean {
  return modified !== before && Date.parse(modified) >= Date.parse(before)
}

async function knownTimes(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await trx.selectFrom('advisories').select(['id', 'modified']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, modified }) => [id, modified]))
}

async function putAdvisory(trx: Trx, advisory: Advisory): Promise<void> {
  const { id, packages, ...rest } = advisory
  const row: Omit<AdvisoryRow, 'id'> = { ...rest, aliases: JSON.stringify(rest.aliases) }
  await trx
    .insertInto('advisories')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await trx.deleteFrom('advisory_packages').where('advisory_id', '=', id).execute()
  if (advisory.withdrawn !== null) return
  for (const [position, { name, ranges, versions }] of packages.entries()) {
    const affected = JSON.stringify({ ranges, versions } satisfies AffectedVersions)
    await trx.insertInto('advisory_packages').values({ advisory_id: id, position, package: name, affected }).execute()
  }
}

/** Packages looked up in one statement. */
const batch = 500

/** All that is said in force about these packages. */
export async function advisoriesAbout(db: Db, packages: Iterable<string>): Promise<PackageAdvisory[]> {
  const found: PackageAdvisory[] = []
  for (const names of partsOf([...new Set(packages)], batch)) {
    const rows = await db
      .selectFrom('advisory_packages')
      .innerJoin('advisories', 'advisories.id', 'advisory_packages.advisory_id')
      .select(['advisories.id', 'severity', 'summary', 'link', 'package', 'affected'])
      .where('package', 'in', names)
      .orderBy('advisories.id')
      .orderBy('position')
      .execute()
    for (const { affected, severity, ...row } of rows) {
      found.push({ ...row, severity: severity as PackageAdvisory['severity'], ...JSON.parse(affected) })
    }
  }
  return found
}
