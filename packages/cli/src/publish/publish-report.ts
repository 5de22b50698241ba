import type { PreflightAnswer, PublishAnswer, Submission } from '@plexica/api'
import type { Inspection } from '@plexica/inspect'
import type { Finding, Manifest } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { Console } from '../console.ts'
import type { PackedArchive, PackedFile } from '../pack/pack-archive.ts'
import { mergeFindings } from '../plugin/stop-on-errors.ts'
import { sayDelta } from '../review/say-delta.ts'
import type { Settings } from '../settings.ts'
import { bytesText, printable } from '../style.ts'
import { sayFileTree } from './file-tree.ts'
import type { LastRelease } from './last-release.ts'
import type { Place } from './place-in-queue.ts'
import type { PublishPlan } from './publish-plan.ts'
import { releaseDelta } from './release-delta.ts'

/** A package that is ready to be sent. */
export interface Packed {
  readonly manifest: Manifest
  readonly digest: string
  readonly files: readonly PackedFile[]
  readonly archive: PackedArchive
  readonly inspection: Inspection
  readonly findings: readonly Finding[]
}

export type PublishReport = ReturnType<typeof publishReport>

/** What a publish says beside its steps, to people and as JSON. */
export function publishReport(console: Console, plan: PublishPlan, settings: Settings) {
  const { style } = console
  const registry = settings.apiUrl.value
  const dryRunWords = style.bold('DRY RUN')

  const basics = ({ manifest, digest, findings, files, inspection }: Packed) => ({
    id: manifest.id,
    version: manifest.version,
    digest,
    findings,
    packedBytes: inspection.packedBytes,
    unpackedBytes: inspection.unpackedBytes,
    files,
  })
  const dryRunAnswer = (packed: Packed, verdict: PreflightAnswer['verdict'] | null) => ({
    status: 'dry-run',
    dryRun: true,
    verdict,
    ...basics(packed),
  })
  /** The registry may know more than this machine, such as which plugins there are. What it adds is shown. */
  const withRegistrys = (packed: Packed, theirs: readonly Finding[]): Packed => {
    const findings = mergeFindings(packed.findings, theirs)
    if (findings.length > packed.findings.length) console.findings(findings)
    return { ...packed, findings }
  }

  /** The version, its size and its digest. */
  const identity = ({ manifest, digest, inspection }: Packed) => {
    console.say(`  ${style.bold(`${manifest.id} ${manifest.version}`)}  ${bytesText(inspection.packedBytes)}`)
    console.say(`  ${style.dim(digest)}`)
    console.say()
  }

  return {
    begin() {
      const wishes = [
        plan.channel === undefined ? '' : `, channel ${plan.channel}`,
        plan.visibility === undefined ? '' : `, ${plan.visibility}`,
      ].join('')
      if (plan.offline) console.note(`${dryRunWords} without the registry`)
      else if (plan.dryRun) console.note(`${dryRunWords} against ${registry}${wishes}`)
      else console.note(`Publishing to ${registry}${wishes}`)
    },

    skippedTests() {
      console.step('Test').skip('left out by --skip-tests')
    },

    /** What tenants that update will get, against what they have. */
    delta(last: LastRelease | undefined, packed: Packed) {
      console.say()
      if (last === undefined) console.say(style.bold('The first release of this plugin'))
      else {
        console.say(style.bold(`Since ${last.detail.version}`))
        sayDelta(console, releaseDelta(last, packed))
      }
    },

    /** The files and the identity of the whole. */
    contents(packed: Packed) {
      console.say()
      sayFileTree(console, packed.files)
      console.say()
      identity(packed)
    },

    identity,

    offline(packed: Packed): Outcome {
      console.say(`${dryRunWords} done. Nothing was sent. \`plexica publish\` submits it.`)
      return { answer: dryRunAnswer(packed, null) }
    },

    preflight(packed: Packed, { verdict, findings }: PreflightAnswer): Outcome {
      const known = withRegistrys(packed, findings)
      const words =
        verdict === 'unchanged'
          ? 'The registry has exactly these bytes already; publishing would change nothing.'
          : 'The registry would accept it.'
      console.say(`${dryRunWords} done. ${words} Nothing was stored.`)
      return { answer: dryRunAnswer(known, verdict) }
    },

    /** Words that claim no more than what has happened. */
    sent(packed: Packed, answer: PublishAnswer, { decided, place }: { decided?: Submission; place: Place }): Outcome {
      const known = withRegistrys(packed, answer.findings)
      const name = style.bold(`${answer.id} ${answer.version}`)
      const status = decided?.state === 'approved' ? 'published' : answer.status
      if (status === 'published') console.say(`${name} is published.`)
      else if (status === 'draft') {
        console.say(`Stored ${name} as a draft. Publish it again without --draft to submit it for review.`)
      } else {
        const again = answer.created ? '' : ' (these bytes were submitted before)'
        console.say(`Submitted ${name} for review${again}.`)
        if (answer.submission) console.say(`  submission  ${printable(answer.submission)}`)
        if (place.words !== '') console.say(`  place       ${place.words}`)
      }
      console.say(`  look        ${printable(answer.url)}`)
      if (status === 'pending_review') {
        console.say('  next        a super-admin decides; `plexica status` shows how it stands,')
        console.say('              and the same command with --wait waits for the decision')
      }
      return {
        answer: {
          status,
          ...basics(known),
          submission: answer.submission,
          position: status === 'pending_review' ? (place.position ?? answer.position) : null,
          typicalWaitSeconds: status === 'pending_review' ? place.typicalWaitSeconds : null,
          created: answer.created,
          url: answer.url,
          registry,
        },
      }
    },
  }
}
