import { codePointName, hidden } from '@plexica/manifest-schema/validate'
import valid from 'semver/functions/valid.js'
import type { AffectedVersions, RangeEvent } from './affected-versions.ts'
import { type AdvisorySeverity, advisorySeverities, baseScore, severityOf } from './cvss.ts'

/** One package of npm that an advisory names. */
export interface AffectedPackage extends AffectedVersions {
  readonly name: string
}

/** What is kept of an advisory in OSV format. */
export interface Advisory {
  readonly id: string
  /** RFC 3339, as written. */
  readonly modified: string
  /** Set when it was taken back. */
  readonly withdrawn: string | null
  readonly summary: string
  /** Null when nobody has said how grave it is. */
  readonly severity: AdvisorySeverity | null
  /** Where people read more. */
  readonly link: string | null
  readonly aliases: readonly string[]
  /** Those of npm; none when the advisory is about something else. */
  readonly packages: readonly AffectedPackage[]
}

/** What is wrong with a record, for the person who feeds it. */
class RecordProblem extends Error {
  override readonly name = 'RecordProblem'
}

/**
 * Reads a record in OSV format (https://ossf.github.io/osv-schema/). A record that could be matched wrongly is a problem
 * as a whole; unknown fields, other ecosystems and ranges of commits are passed by, as the format asks.
 */
export function readAdvisory(record: unknown): { advisory: Advisory } | { problem: string } {
  try {
    return { advisory: advisoryOf(objectAt(record, 'the record')) }
  } catch (error) {
    if (error instanceof RecordProblem) return { problem: error.message }
    throw error
  }
}

type Json = Readonly<Record<string, unknown>>

function advisoryOf(record: Json): Advisory {
  const id = textAt(record.id, 'id')
  if (!/^[\w.:-]{1,100}$/.test(id)) throw new RecordProblem('id is not the name of an advisory')
  const modified = timeAt(record.modified, 'modified')
  const withdrawn = record.withdrawn == null ? null : timeAt(record.withdrawn, 'withdrawn')
  const affected = listAt(record.affected, 'affected').map((one, at) => objectAt(one, `affected[${at}]`))
  return {
    id,
    modified,
    withdrawn,
    summary: summaryOf(record),
    severity: severityIn([record, ...affected]),
    link: linkIn(record.references),
    aliases: listAt(record.aliases, 'aliases').filter((alias) => typeof alias === 'string'),
    packages: affected.flatMap((one, at) => packageOf(one, `affected[${at}]`) ?? []),
  }
}

function packageOf(affected: Json, place: string): AffectedPackage | undefined {
  if (affected.package == null) return undefined
  const { ecosystem, name } = objectAt(affected.package, `${place}.package`)
  if (textAt(ecosystem, `${place}.package.ecosystem`) !== 'npm') return undefined
  const versions = listAt(affected.versions, `${place}.versions`)
  return {
    name: textAt(name, `${place}.package.name`),
    ranges: listAt(affected.ranges, `${place}.ranges`).flatMap((range, at) => {
      const events = eventsOf(objectAt(range, `${place}.ranges[${at}]`), `${place}.ranges[${at}]`)
      return events === undefined ? [] : [events]
    }),
    versions: versions.map((version, at) => textAt(version, `${place}.versions[${at}]`)),
  }
}

function eventsOf(range: Json, place: string): RangeEvent[] | undefined {
  if (range.type === 'GIT') return undefined
  if (range.type !== 'SEMVER' && range.type !== 'ECOSYSTEM') {
    throw new RecordProblem(`${place}.type is neither SEMVER, ECOSYSTEM nor GIT`)
  }
  const events = listAt(range.events, `${place}.events`)
  if (events.length === 0) throw new RecordProblem(`${place}.events is empty`)
  return events.map((event, at) => eventOf(objectAt(event, `${place}.events[${at}]`), `${place}.events[${at}]`))
}

const points = ['introduced', 'fixed', 'last_affected', 'limit'] as const

function eventOf(event: Json, place: string): RangeEvent {
  const named = points.filter((point) => event[point] !== undefined)
  const [at] = named
  if (at === undefined || named.length > 1)
    throw new RecordProblem(`${place} does not name one of ${points.join(', ')}`)
  const version = textAt(event[at], `${place}.${at}`)
  const isSpecial = (at === 'introduced' && version === '0') || (at === 'limit' && version === '*')
  if (!isSpecial && valid(version) === null) throw new RecordProblem(`${place}.${at} is not a semantic version`)
  return { at, version }
}

/** The word of who wrote it, which may know more than a formula; otherwise the gravest of its CVSS vectors. */
function severityIn(places: readonly Json[]): AdvisorySeverity | null {
  for (const { database_specific: own } of places) {
    const word = isObject(own) && typeof own.severity === 'string' ? own.severity.toLowerCase() : ''
    const known = advisorySeverities.find((severity) => severity === (word === 'medium' ? 'moderate' : word))
    if (known) return known
  }
  const vectors = places.flatMap(({ severity }) => (Array.isArray(severity) ? severity : []))
  const scores = vectors.flatMap((one) => (isObject(one) ? (baseScore(String(one.score)) ?? []) : []))
  return scores.length === 0 ? null : severityOf(Math.max(...scores))
}

/** The advisory's own page before any other. Only web addresses: it is shown as a link. */
function linkIn(references: unknown): string | null {
  const links = (Array.isArray(references) ? references : []).filter(isObject)
  const wanted = [...links.filter(({ type }) => type === 'ADVISORY'), ...links]
  const found = wanted.find(({ url }) => typeof url === 'string' && isWebAddress(url))
  return found ? String(found.url) : null
}

function isWebAddress(url: string): boolean {
  return url.length <= 500 && /^https?:\/\/\S+$/.test(url) && URL.canParse(url)
}

const everyHidden = new RegExp(hidden, 'gu')
const summaryCharacters = 300

/** On one line, harmless to a terminal and not longer than a glance. */
function summaryOf({ summary, details }: Json): string {
  const text = [summary, details].find((one) => typeof one === 'string' && one.trim() !== '')
  const [line = ''] = String(text ?? 'No summary.')
    .trim()
    .slice(0, 10 * summaryCharacters)
    .split('\n')
  const short = line.length <= summaryCharacters ? line : `${line.slice(0, summaryCharacters - 1)}…`
  return short.replace(everyHidden, codePointName)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectAt(value: unknown, place: string): Json {
  if (!isObject(value)) throw new RecordProblem(`${place} is not an object`)
  return value
}

function listAt(value: unknown, place: string): readonly unknown[] {
  if (value == null) return []
  if (!Array.isArray(value)) throw new RecordProblem(`${place} is not a list`)
  return value
}

function textAt(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '') throw new RecordProblem(`${place} is not a text`)
  return value
}

function timeAt(value: unknown, place: string): string {
  const text = textAt(value, place)
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text))
  if (!isTime) throw new RecordProblem(`${place} is not a time in UTC`)
  return text
}
