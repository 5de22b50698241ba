import type { Submission } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { ReviewShowInput } from '../commands/review.ts'
import { connectWithKey } from '../connect.ts'
import type { Console } from '../console.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings.ts'
import { bytesText, printable } from '../style.ts'
import { findSubmission } from './find-submission.ts'

/** Everything that a decision needs. */
export async function showSubmission(input: ReviewShowInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const settings = readSettings({ folder: cwd, env, options: input })
  const client = connectWithKey(context, settings)
  const submission = await findSubmission(client, input.submission, signal)
  const { pluginId, version } = submission
  const detail = await client.getVersion({ params: { pluginId, version }, signal })
  sayHead(console, submission)
  console.table([
    ['asks for', detail.manifest.requiredPermissions?.join(', ') || 'no permission'],
    ['contacts', detail.manifest.network?.join(', ') || 'no host'],
    ['was seen to use', submission.capabilities.permissions.join(', ') || 'no permission'],
    ['was seen to contact', submission.capabilities.hosts.join(', ') || 'no host'],
    ['quality', `${submission.quality.score} of ${submission.quality.outOf}`],
    ['package', `${bytesText(detail.packedBytes)} packed, ${bytesText(detail.unpackedBytes)} unpacked`],
  ])
  console.say()
  if (detail.changelog) console.say(`${printable(detail.changelog).trim()}\n`)
  console.table(
    detail.files.map(({ path, bytes }) => ['', bytesText(bytes), path]),
    { right: [1] },
  )
  console.say()
  console.findings(submission.findings)
  return { answer: { ...submission, version: detail.version, detail } }
}

function sayHead({ say, style }: Console, submission: Submission): void {
  say(`${style.bold(`${submission.pluginId} ${submission.version}`)}  ${submission.state}`)
  say(
    `  submission  ${printable(submission.id)}, by ${printable(submission.submittedBy)} on ${submission.submittedAt.slice(0, 10)}`,
  )
  say(`  digest      ${submission.digest}`)
  if (submission.decidedBy) say(`  decided by  ${printable(submission.decidedBy)}`)
  if (submission.reason) say(`  reason      ${printable(submission.reason)}`)
  say()
}
