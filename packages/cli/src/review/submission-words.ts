import type { Submission, SubmissionDetail } from '@plexica/api'
import { sortFindings } from '@plexica/manifest-schema/validate'
import type { Console } from '../console.ts'
import { ageText, countText, printable } from '../style.ts'

/** `1 error, 2 warnings`; how many remarks there are matters to nobody in a list. */
export function findingsText({ findingCounts: { error, warning, info } }: Submission): string {
  const counted = [error > 0 ? countText(error, 'error') : '', warning > 0 ? countText(warning, 'warning') : '']
  const words = counted.filter((word) => word !== '').join(', ')
  return words || (info > 0 ? countText(info, 'remark') : 'no findings')
}

/** What a submission is, where it stands, and the digest that a decision is about. */
export function saySubmission({ say, style }: Console, submission: Submission): void {
  const { id, pluginId, version, state, submittedBy, submittedAt, digest, claim, position, decidedBy } = submission
  say(`${style.bold(`${pluginId} ${version}`)}  ${state}`)
  say(`  submission  ${printable(id)}, by ${printable(submittedBy)} on ${submittedAt.slice(0, 10)}`)
  say(`  digest      ${digest}`)
  if (position !== null) {
    say(`  in queue    position ${position}, for ${ageText(submission.ageSeconds * 1000)}, risk ${submission.risk}`)
  }
  if (claim) say(`  looked at   by ${printable(claim.by)} until ${claim.until.slice(11, 16)} UTC`)
  if (decidedBy) say(`  decided by  ${printable(decidedBy)}`)
  if (submission.reason) say(`  reason      ${printable(submission.reason)}`)
  for (const point of submission.points) say(`              ${pointText(point)}`)
  say()
}

type Point = { path?: string; code?: string; message: string; state: string }

function pointText({ path, code, message, state }: Point): string {
  const place = [path, code].filter((part) => part !== undefined).join(' ')
  return printable(`[${state}] ${place === '' ? '' : `${place}: `}${message}`).replace(/\s+/g, ' ')
}

/** What has become of the rejection before: each of its points, and how the findings have changed. */
export function sayResubmission({ say, style }: Console, { resubmission }: SubmissionDetail): void {
  if (resubmission === null) return
  const { version, decidedBy, reason, points, findings } = resubmission
  say(style.bold(`After the rejection of ${version} by ${printable(decidedBy)}`))
  say(`  reason      ${printable(reason)}`)
  for (const point of points) {
    const who = point.markedBy === null ? '' : ` (said by ${printable(point.markedBy)})`
    say(`  ${pointText(point)}${who}`)
  }
  const named = { fixed: findings.fixed, 'still-open': findings.stillOpen, new: findings.new }
  for (const [state, list] of Object.entries(named)) {
    for (const { code, path, message } of sortFindings(list)) {
      say(`  ${pointText({ state, code, message, ...(path === undefined ? {} : { path }) })}`)
    }
  }
  say()
}
