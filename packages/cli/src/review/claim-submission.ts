import type { Outcome } from '../command.ts'
import type { ReviewClaimInput, ReviewReleaseInput } from '../commands/review.ts'
import type { Context } from '../context.ts'
import { printable } from '../style.ts'
import { findSubmission } from './find-submission.ts'
import { openDesk } from './open-desk.ts'

/** For half an hour the others see who looks at it. A claim is a courtesy: it keeps nobody from deciding. */
export async function claimSubmission(input: ReviewClaimInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const client = openDesk(context, input)
  const { id } = await findSubmission(client, input.submission, signal)
  const body = input.takeOver ? { takeOver: true } : {}
  const claimed = await client.claimSubmission({ params: { submissionId: id }, body, signal })
  const { pluginId, version, claim } = claimed
  if (claim) console.say(`Claimed ${pluginId} ${version} until ${printable(claim.until).slice(11, 16)} UTC.`)
  return { answer: claimed }
}

/** What nobody has claimed stays as it is. */
export async function releaseSubmission(input: ReviewReleaseInput, context: Context): Promise<Outcome> {
  const { console, signal } = context
  const client = openDesk(context, input)
  const { id, pluginId, version, digest } = await findSubmission(client, input.submission, signal)
  await client.releaseSubmission({ params: { submissionId: id }, signal })
  console.say(`Nobody is said to look at ${pluginId} ${version} any more.`)
  return { answer: { submission: id, id: pluginId, version, digest, claim: null } }
}
