import type { Client, PreflightAnswer, PublishAnswer } from '@plexica/api'
import { exitOf, failureOfApi } from '../api-failure.ts'
import type { Outcome } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure, failure } from '../failure.ts'
import { mergeFindings } from '../plugin/stop-on-errors.ts'
import type { RunStep } from '../run-steps.ts'
import { bytesText } from '../style.ts'
import { confirmUpload } from './ask-publish.ts'
import type { LastRelease } from './last-release.ts'
import { placeInQueue, unknownPlace } from './place-in-queue.ts'
import type { PublishPlan } from './publish-plan.ts'
import type { Packed, PublishReport } from './publish-report.ts'
import { rejected, rejection } from './rejected.ts'
import { askPreflight, uploadPackage } from './upload-package.ts'
import { waitForDecision } from './wait-for-decision.ts'

export interface Destination {
  readonly url: string
  readonly client: Client
  /** The same registry, without a bound on the length of an upload. */
  readonly uploads: Client
  /** Who publishes. */
  readonly account: Promise<string>
  /** What tenants have of a plugin until now. */
  readonly lastRelease: (pluginId: string) => Promise<LastRelease | undefined>
}

interface Sending {
  packed: Packed
  destination: Destination
  plan: PublishPlan
  context: Context
  step: RunStep
  report: PublishReport
  asking: boolean
}

/** The end of the road: the registry's verdict in a dry run, the upload and perhaps the decision in a real one. */
export async function sendPackage(sending: Sending): Promise<Outcome> {
  const { packed, destination, plan, context, step, report, asking } = sending
  const { id, version } = packed.manifest
  const upload = {
    client: destination.uploads,
    pluginId: id,
    digest: packed.digest,
    wishes: {
      ...(plan.channel === undefined ? {} : { tag: plan.channel }),
      ...(plan.visibility === undefined ? {} : { visibility: plan.visibility }),
    },
    archive: packed.archive,
    answerTime: plan.answerTime,
    signal: context.signal,
  }
  if (plan.dryRun) {
    const answer = await step(
      'preflight',
      () => askPreflight(upload),
      ({ verdict }) => (verdict === 'refused' ? { failed: verdict } : verdict),
    )
    if (answer.verdict === 'refused') throw refusal(answer, packed)
    return report.preflight(packed, answer)
  }

  if (
    asking &&
    !(await confirmUpload(`${plan.submit ? 'Submit' : 'Store'} ${id} ${version} at ${destination.url}?`, context))
  ) {
    throw failure('interrupted', 'Nothing was sent.')
  }
  const sent = await step(
    'upload',
    ({ progress }) => {
      const onSent = uploadProgress(packed.inspection.packedBytes, progress)
      return refusedWith(packed, uploadPackage({ ...upload, submit: plan.submit, onSent }))
    },
    (answer) => (answer.created ? bytesText(packed.inspection.packedBytes) : 'the registry has these bytes already'),
  )
  if (sent.digest !== packed.digest) {
    throw failure('answer_damaged', `The registry stored ${sent.digest} instead of ${packed.digest}.`)
  }
  if (sent.status === 'rejected') throw await rejection(sent, destination.client, context.signal)
  if (sent.status !== 'pending_review' || sent.submission === null) {
    return report.sent(packed, sent, { place: unknownPlace })
  }
  if (!plan.steps.includes('wait')) {
    const place = await placeInQueue(destination.client, sent.submission, context.signal)
    return report.sent(packed, sent, { place })
  }
  const submissionId = sent.submission
  const decided = await step(
    'wait',
    ({ progress }) =>
      waitForDecision({
        client: destination.client,
        submissionId,
        seconds: plan.waitSeconds,
        signal: context.signal,
        onLook: ({ position }) => progress(position === null ? 'waiting' : `waiting at position ${position}`),
      }),
    ({ state, decidedBy }) => {
      const words = `${state}${decidedBy === null ? '' : ` by ${decidedBy}`}`
      return state === 'approved' ? words : { failed: words }
    },
  )
  if (decided.state === 'rejected') throw rejected(decided)
  if (decided.state !== 'approved') throw failure('submission_replaced', `Submission ${submissionId} was replaced.`)
  return report.sent(packed, sent, { decided, place: unknownPlace })
}

/** Who is refused hears all that was found: here, and by the registry where it refuses for what it found. */
async function refusedWith(packed: Packed, sending: Promise<PublishAnswer>): Promise<PublishAnswer> {
  try {
    return await sending
  } catch (error) {
    const refused = failureOfApi(error)
    if (refused === undefined) throw error
    const { code, message, exit, fix, findings } = refused
    throw new Failure({ code, message, exit, fix, findings: mergeFindings(packed.findings, findings), cause: error })
  }
}

/** The same failure that publishing would end with. */
function refusal({ code, detail, fix, findings }: PreflightAnswer, packed: Packed): Failure {
  const name = code ?? 'package_refused'
  const statuses: Record<string, number> = {
    not_owner: 403,
    version_taken: 409,
    id_looks_taken: 409,
    visibility_conflict: 409,
    prerelease_latest: 409,
    too_many_channels: 409,
    plugin_id_mismatch: 409,
  }
  return new Failure({
    code: name,
    message: detail ?? 'The registry would refuse the package.',
    exit: exitOf(name, statuses[name] ?? 422),
    fix: fix ?? 'Mend what the registry names; publishing would end the same way.',
    findings: name === 'package_refused' ? mergeFindings(packed.findings, findings) : packed.findings,
  })
}

/** Below this an upload is over before anybody looks. */
const watchedBytes = 1_000_000

/** Words in tenths, so that a log gets no more than ten lines of them. */
function uploadProgress(total: number, say: (words: string) => void): (sent: number) => void {
  let tenths = 0
  return (sent) => {
    const now = Math.floor((sent / total) * 10)
    if (total < watchedBytes || now === tenths) return
    tenths = now
    say(`${bytesText(sent)} of ${bytesText(total)}`)
  }
}
