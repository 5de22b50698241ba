import type { Visibility } from '@plexica/api'
import { forms } from '@plexica/manifest-schema/validate'
import type { PublishInput } from '../commands/publish.ts'
import { failure } from '../failure.ts'
import { wantedVersion } from '../plugin/wanted-version.ts'

/** The steps of a publish, in their order. A dry run has the same up to the last. */
export const stepNames = [
  'account',
  'check',
  'build',
  'test',
  'pack',
  'inspect',
  'preflight',
  'upload',
  'wait',
] as const
export type StepName = (typeof stepNames)[number]

/** What a run is going to do, decided before it does anything. */
export interface PublishPlan {
  readonly steps: readonly StepName[]
  readonly dryRun: boolean
  readonly offline: boolean
  /** Instead of the manifest's. */
  readonly version: string | undefined
  /** For this version, when CHANGELOG.md has no section for it. */
  readonly changelog: string | undefined
  /** To which it is published; without one its number decides. */
  readonly channel: string | undefined
  /** Of a new plugin; of one that is there it has to be what it is. */
  readonly visibility: Visibility | undefined
  /** False leaves the version a draft. */
  readonly submit: boolean
  /** Seconds for the decision of the review. */
  readonly waitSeconds: number
  /** Milliseconds for one answer of the registry. */
  readonly answerTime: number
}

const answerSeconds = 30
const decisionSeconds = 600

/** Throws a usage failure for options that contradict each other or cannot be understood. */
export function planPublish(input: PublishInput): PublishPlan {
  const { dryRun = false, offline = false, draft = false, wait = false, skipTests = false, timeout } = input
  if (offline && !dryRun) {
    throw failure('usage_invalid', '--offline goes with --dry-run: publishing needs the registry.', {
      fix: 'Add --dry-run, or leave --offline out.',
    })
  }
  if (wait && (dryRun || draft)) {
    throw failure('usage_invalid', `--wait has nothing to wait for with ${dryRun ? '--dry-run' : '--draft'}.`, {
      fix: 'Leave one of the two out.',
    })
  }
  const left: Partial<Record<StepName, boolean>> = {
    account: offline,
    test: skipTests,
    preflight: !dryRun || offline,
    upload: dryRun,
    wait: !wait,
  }
  return {
    steps: stepNames.filter((step) => !left[step]),
    dryRun,
    offline,
    version: wantedVersion(input.version),
    changelog: input.changelog?.trim() || undefined,
    channel: channelOf(input.tag),
    visibility: input.visibility as Visibility | undefined,
    submit: !draft,
    waitSeconds: timeout ?? decisionSeconds,
    answerTime: Math.min(answerSeconds, timeout ?? answerSeconds) * 1000,
  }
}

function channelOf(tag: string | undefined): string | undefined {
  if (tag === undefined || new RegExp(forms.channel.pattern).test(tag)) return tag
  throw failure('usage_invalid', `\`${tag}\` is not a channel: it must be ${forms.channel.words}.`, {
    fix: 'Write a name such as beta or next.',
  })
}
