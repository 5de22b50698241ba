import type { BundledDependency } from '@plexica/inspect'
import { matchAdvisories } from '@plexica/inspect/match-advisories'
import { pieces } from '../db/pieces.ts'
import type { Trx, VersionAdvisoryRow, VersionRow } from '../db/tables.ts'
import { appendEvent } from '../events/append-event.ts'
import { lockPlugin } from '../plugins/plugin-store.ts'
import { isPublic, type VersionKey, versionsAfter } from '../publishing/version-store.ts'
import type { World } from '../world.ts'
import { advisoriesAbout } from './advisory-store.ts'
import {
  deleteVersionAdvisory,
  insertVersionAdvisory,
  setFixed,
  versionAdvisoriesBetween,
  versionAdvisoryRow,
} from './version-advisory-store.ts'

/** What a look at all versions changed. */
export interface Matched {
  /** Versions and advisories that belong together since now. */
  found: number
  /** Those that do so no more: taken back, or said otherwise. */
  gone: number
}

type Candidate = VersionKey & Pick<VersionRow, 'digest' | 'dependencies'>

/** Versions looked at in one go. */
const batch = 100

/**
 * Holds every version against the advisories that are known now. Each new match of a version that is given out is an
 * event, once, however many processes do this; doing it again changes nothing.
 */
export async function matchVersions(world: Pick<World, 'db' | 'now'>): Promise<Matched> {
  const matched: Matched = { found: 0, gone: 0 }
  const next = (after: VersionKey | undefined, take: number) =>
    versionsAfter(world.db, after).select(['plugin_id', 'version', 'digest', 'dependencies']).limit(take).execute()
  for await (const versions of pieces<Candidate>(batch, next)) {
    for (const change of await changesOf(world, versions)) {
      const { found, gone } = await world.db.transaction().execute((trx) => writeChange(trx, change))
      matched.found += found
      matched.gone += gone
    }
  }
  return matched
}

interface Change {
  readonly version: Candidate
  readonly found: readonly (VersionAdvisoryRow & { severity: string | null })[]
  readonly mended: readonly VersionAdvisoryRow[]
  readonly gone: readonly VersionAdvisoryRow[]
}

/** What is to be written about some versions; those about which nothing changed are left out. */
async function changesOf({ db, now }: Pick<World, 'db' | 'now'>, versions: readonly Candidate[]): Promise<Change[]> {
  const [first] = versions
  const last = versions.at(-1)
  if (!first || !last) return []
  const bundled = versions.map(({ dependencies }): BundledDependency[] => JSON.parse(dependencies))
  const advisories = await advisoriesAbout(
    db,
    bundled.flat().map(({ name }) => name),
  )
  const known = Map.groupBy(await versionAdvisoriesBetween(db, first, last), versionName)
  const at = now().toISOString()
  return versions.flatMap((version, index) => {
    const rows = matchAdvisories(bundled[index] ?? [], advisories).map((match) => ({
      ...versionAdvisoryRow(version, match, at),
      severity: match.advisory.severity,
    }))
    const before = new Map((known.get(versionName(version)) ?? []).map((row) => [matchName(row), row]))
    const after = new Set(rows.map(matchName))
    const found = rows.filter((row) => !before.has(matchName(row)))
    const mended = rows.filter((row) => before.has(matchName(row)) && before.get(matchName(row))?.fixed !== row.fixed)
    const gone = [...before.values()].filter((row) => !after.has(matchName(row)))
    return found.length + mended.length + gone.length === 0 ? [] : [{ version, found, mended, gone }]
  })
}

function versionName({ plugin_id, version }: VersionKey): string {
  return `${plugin_id} ${version}`
}

function matchName(row: VersionAdvisoryRow): string {
  return JSON.stringify([row.advisory_id, row.package, row.package_version])
}

async function writeChange(trx: Trx, { version, found, mended, gone }: Change): Promise<Matched> {
  const { plugin_id: pluginId } = version
  await lockPlugin(trx, pluginId)
  const now = await trx
    .selectFrom('versions')
    .select(['digest', 'state'])
    .where('plugin_id', '=', pluginId)
    .where('version', '=', version.version)
    .executeTakeFirst()
  // Deleted or replaced since it was read: whoever did so has looked at what is there now.
  if (now?.digest !== version.digest) return { found: 0, gone: 0 }
  for (const row of gone) await deleteVersionAdvisory(trx, row)
  for (const row of mended) await setFixed(trx, row)
  const added = []
  for (const { severity, ...row } of found) {
    if (await insertVersionAdvisory(trx, row)) added.push({ ...row, severity })
  }
  if (isPublic(now.state)) {
    for (const { advisory_id: advisory, package: name, severity, first_seen: at } of added) {
      const data = { advisory, package: name, severity }
      await appendEvent(trx, { type: 'version.affected', actor, at, pluginId, version: version.version, data })
    }
  }
  return { found: added.length, gone: gone.length }
}

/** Nobody’s doing: the registry found it. */
const actor = 'registry'
