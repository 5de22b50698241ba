import type { EarlierPoint, NewReviewPoint, RaisedPoint } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'

/** What reviewers said of the points of the rejection before: id of the point → who said what. */
export type PointMarks = Readonly<Record<string, { state: EarlierPoint['state']; by: string }>>

/** What a submission was rejected for. */
export interface Rejection {
  readonly points: readonly RaisedPoint[]
  readonly findings: readonly Finding[]
}

/** Points that a rejection carries on; more than a reviewer may raise at once. */
const mostPoints = 100

/**
 * What has become of the points of a rejection, by the findings of the submission that follows it. A point that named a
 * finding is fixed when that has gone. Any other is open until a reviewer says that it is not; what a reviewer says
 * counts before the findings.
 */
export function judgePoints(rejection: Rejection, findings: readonly Finding[], marks: PointMarks): EarlierPoint[] {
  return rejection.points.map(({ state: _, ...point }) => {
    const mark = marks[point.id]
    if (mark) return { ...point, state: mark.state, markedBy: mark.by }
    const isGone = rejection.findings.some(isMeantBy(point)) && !findings.some(isMeantBy(point))
    return { ...point, state: isGone ? 'fixed' : 'still-open', markedBy: null }
  })
}

function isMeantBy({ code, path }: NewReviewPoint): (finding: Finding) => boolean {
  if (code === undefined && path === undefined) return () => false
  return (finding) => (code === undefined || finding.code === code) && (path === undefined || finding.path === path)
}

/**
 * The points of a new rejection: those that it raises, then those of the rejection before that are still open and that it
 * does not repeat, so that nothing is forgotten because nobody wrote it down again.
 */
export function raisePoints(
  written: readonly NewReviewPoint[],
  earlier: readonly EarlierPoint[],
  newId: () => string,
): RaisedPoint[] {
  const open = earlier.filter(({ state }) => state === 'still-open')
  const raised = written.map((point): RaisedPoint => {
    const before = open.find((one) => isSame(one, point))
    return before ? { ...point, id: before.id, state: 'still-open' } : { ...point, id: newId(), state: 'new' }
  })
  const said = new Set(raised.map(({ id }) => id))
  const carried = open
    .filter(({ id }) => !said.has(id))
    .map(({ markedBy: _, ...point }): RaisedPoint => ({ ...point, state: 'still-open' }))
  return [...raised, ...carried].slice(0, mostPoints)
}

function isSame(a: NewReviewPoint, b: NewReviewPoint): boolean {
  return a.code === b.code && a.path === b.path && a.message === b.message
}

/**
 * Which findings of a rejected submission the next one has too. One is found again by its code and file, first of all by
 * its sentence too: lines move when something above them changes.
 */
export function findingsDelta(
  before: readonly Finding[],
  after: readonly Finding[],
): { fixed: Finding[]; stillOpen: Finding[]; new: Finding[] } {
  const known = new Set<Finding>()
  const fixed = new Set(before)
  for (const isAgain of [isSameFinding, isSameRule]) {
    for (const finding of after) {
      if (known.has(finding)) continue
      const earlier = [...fixed].find((one) => isAgain(one, finding))
      if (!earlier) continue
      fixed.delete(earlier)
      known.add(finding)
    }
  }
  return {
    fixed: [...fixed],
    stillOpen: after.filter((finding) => known.has(finding)),
    new: after.filter((finding) => !known.has(finding)),
  }
}

function isSameRule(a: Finding, b: Finding): boolean {
  return a.code === b.code && a.path === b.path
}

function isSameFinding(a: Finding, b: Finding): boolean {
  return isSameRule(a, b) && a.message === b.message
}
