import { ApiError, type Client, type Submission, type SubmissionDelta, type VersionDetail } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { ReviewDiffInput } from '../commands/review.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { changedFiles, type Diff, type FileChange, type FileDiff } from './changed-files.ts'
import { diffTexts, layDiff } from './diff-texts.ts'
import { findDelta, findSubmission, findVersion } from './find-submission.ts'
import { openDesk } from './open-desk.ts'
import { readPackage } from './read-package.ts'
import { showPaged } from './show-paged.ts'

/** So many files are fetched and compared; the others are named. */
const mostFiles = 200
/** Characters of diffs in one run; what comes after them is named. */
const mostCharacters = 4 * 1024 * 1024
/** Requests at a time. */
const atOnce = 4

export async function diffSubmission(input: ReviewDiffInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const client = openDesk(context, input)
  const submission = await findSubmission(client, input.submission, signal)
  const { base, files } = await readDiff(client, submission, signal)
  const { id, pluginId, version, digest } = submission
  if (!context.json) await showPaged(layDiff({ submission, base, files }, console.style), context)
  return { answer: { submission: id, id: pluginId, version, digest, base, files } }
}

/** File by file, what differs between a submission and the version that was approved before it. */
export async function readDiff(client: Client, submission: Submission, signal: AbortSignal): Promise<Diff> {
  const [delta, after] = await Promise.all([
    findDelta(client, submission.id, signal),
    findVersion(client, submission, signal),
  ])
  if (delta === null || after === null) {
    throw failure('submission_replaced', `Other bytes have come for ${submission.pluginId} ${submission.version}.`, {
      fix: '`plexica review list` shows the submission that took the place of this one.',
    })
  }
  const { base } = delta
  const before = base && (await baseOf(client, submission, base, signal))
  const changes = changedFiles(before?.files ?? [], after.files)
  const compared = changes.slice(0, mostFiles).filter(({ skipped }) => skipped === undefined)
  const wanted = new Set(compared.filter(({ change }) => change !== 'added').map(({ path }) => path))
  const old = before ? await readPackage(client, before, wanted, signal) : new Map<string, Buffer>()
  const files: FileDiff[] = []
  let characters = 0
  for (let at = 0; at < changes.length; at += atOnce) {
    const group = changes.slice(at, at + atOnce)
    const isOver = at >= mostFiles || characters >= mostCharacters
    const texts = await Promise.all(
      group.map((change) => (isOver ? left : readAfter(client, submission.id, change, signal))),
    )
    for (const [index, { skipped, ...change }] of group.entries()) {
      const { text, note } = texts[index] ?? left
      const diff = note === null ? diffTexts(change.path, old.get(change.path), text) : { patch: null, note }
      files.push({ ...change, ...(skipped === undefined ? diff : { patch: null, note: skipped }) })
      characters += diff.patch?.length ?? 0
    }
  }
  return { base, files }
}

/** The approved version's files. Throws a failure when its number has other bytes by now. */
async function baseOf(
  client: Client,
  { pluginId }: Submission,
  { version, digest }: NonNullable<SubmissionDelta['base']>,
  signal: AbortSignal,
): Promise<VersionDetail> {
  const found = await findVersion(client, { pluginId, version, digest }, signal)
  if (found) return found
  throw failure('answer_damaged', `${pluginId} ${version} is not the version any more that was approved.`)
}

interface Read {
  text: Buffer | undefined
  note: string | null
}
const left: Read = { text: undefined, note: 'left out: the diff is long enough' }

/** The submitted file. What the registry does not show as text is named with its reason. */
async function readAfter(
  client: Client,
  submissionId: string,
  { path, change, skipped }: FileChange & { skipped?: string },
  signal: AbortSignal,
): Promise<Read> {
  if (change === 'removed' || skipped !== undefined) return { text: undefined, note: null }
  try {
    const params = { submissionId, path: path.split('/') }
    const response = await client.getSubmissionFile({ params, signal })
    return { text: Buffer.from(await response.arrayBuffer()), note: null }
  } catch (error) {
    const isNoText = error instanceof ApiError && ['file_not_text', 'file_too_large'].includes(error.code)
    if (isNoText) return { text: undefined, note: `not shown: ${error.message}` }
    throw error
  }
}
