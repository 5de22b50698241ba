import type { Client, Submission, SubmissionDelta, SubmissionDetail, VersionDetail } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { ReviewShowInput } from '../commands/review.ts'
import type { Console } from '../console.ts'
import type { Context } from '../context.ts'
import { bytesText, printable } from '../style.ts'
import { findDelta, findSubmission, findVersion } from './find-submission.ts'
import { openDesk } from './open-desk.ts'
import { sayDelta } from './say-delta.ts'
import { sayResubmission, saySubmission } from './submission-words.ts'

export async function showSubmission(input: ReviewShowInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const client = openDesk(context, input)
  const known = await readEvidence(client, await findSubmission(client, input.submission, signal), signal)
  sayEvidence(console, known)
  sayFiles(console, known)
  console.findings(known.submission.findings)
  const { submission, delta, detail } = known
  return { answer: { ...submission, delta, detail } }
}

/** Everything that a decision needs. Without `delta` and `detail`, other bytes have come for the same version. */
export interface Evidence {
  readonly submission: SubmissionDetail
  readonly delta: SubmissionDelta | null
  readonly detail: VersionDetail | null
}

export async function readEvidence(client: Client, found: Submission, signal: AbortSignal): Promise<Evidence> {
  const [submission, delta, detail] = await Promise.all([
    client.getSubmission({ params: { submissionId: found.id }, signal }),
    findDelta(client, found.id, signal),
    findVersion(client, found, signal),
  ])
  return { submission, delta, detail }
}

/** All of it but files and findings, which may be long. */
export function sayEvidence(console: Console, { submission, delta, detail }: Evidence): void {
  const { capabilities, quality } = submission
  saySubmission(console, submission)
  sayResubmission(console, submission)
  const { manifest } = detail ?? {}
  console.table([
    ...(manifest ? [['asks for', manifest.requiredPermissions?.join(', ') || 'no permission']] : []),
    ...(manifest ? [['contacts', manifest.network?.join(', ') || 'no host']] : []),
    ['was seen to use', capabilities.permissions.join(', ') || 'no permission'],
    ['was seen to contact', capabilities.hosts.join(', ') || 'no host'],
    ['quality', `${quality.score} of ${quality.outOf}`],
    ...(detail
      ? [['package', `${bytesText(detail.packedBytes)} packed, ${bytesText(detail.unpackedBytes)} unpacked`]]
      : []),
  ])
  console.say()
  if (delta === null) console.say('Other bytes have come for this version since then, so there is nothing to compare.')
  else if (delta.base === null) console.say(console.style.bold('The first version: everything is new'))
  else console.say(console.style.bold(`Since ${delta.base.version}, published ${delta.base.publishedAt.slice(0, 10)}`))
  if (delta?.base) sayDelta(console, delta)
  console.say()
  if (detail?.changelog) console.say(`${printable(detail.changelog).trim()}\n`)
}

function sayFiles(console: Console, { detail }: Evidence): void {
  if (detail === null) return
  console.table(
    detail.files.map(({ path, bytes }) => ['', bytesText(bytes), path]),
    { right: [1] },
  )
  console.say()
}
