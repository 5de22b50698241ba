import type { Inspection } from '@plexica/inspect'
import { type AdvisoryMatch, advisoryFindings, matchAdvisories } from '@plexica/inspect/match-advisories'
import { sortFindings } from '@plexica/manifest-schema'
import type { Db, Trx, VersionRow } from '../db/tables.ts'
import { advisoriesAbout } from './advisory-store.ts'
import { deleteVersionAdvisories, insertVersionAdvisory, versionAdvisoryRow } from './version-advisory-store.ts'

/** Warns the author, and whoever reviews the version, of what it bundles that an advisory names. */
export async function withAdvisoryFindings(db: Db, inspection: Inspection): Promise<Inspection> {
  const findings = advisoryFindings(await matchesOf(db, inspection))
  if (findings.length === 0) return inspection
  return { ...inspection, findings: sortFindings([...inspection.findings, ...findings]) }
}

/** Records what is known of a version that has just been written, in place of what was known of other bytes. */
export async function recordAdvisories(trx: Trx, row: VersionRow, inspection: Inspection): Promise<void> {
  await deleteVersionAdvisories(trx, row)
  for (const match of await matchesOf(trx, inspection)) {
    await insertVersionAdvisory(trx, versionAdvisoryRow(row, match, row.created_at))
  }
}

async function matchesOf(db: Db, { dependencies }: Inspection): Promise<AdvisoryMatch[]> {
  const advisories = await advisoriesAbout(
    db,
    dependencies.map(({ name }) => name),
  )
  return matchAdvisories(dependencies, advisories)
}
