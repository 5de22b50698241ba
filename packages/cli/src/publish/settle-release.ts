import type { Finding, Manifest } from '@plexica/manifest-schema/validate'
import type { Build } from '../build/build-plugin.ts'
import type { Context } from '../context.ts'
import { startPackage } from '../pack/start-package.ts'
import type { RunStep } from '../run-steps.ts'
import { askChangelog, askVersion } from './ask-publish.ts'
import { finishPackage } from './finish-package.ts'
import type { LastRelease } from './last-release.ts'
import type { PublishPlan } from './publish-plan.ts'
import type { Packed, PublishReport } from './publish-report.ts'

/**
 * Asks for version and changelog, which people choose when they have seen what changed. Both stand in the package, so
 * it is packed anew where the answers differ from what it has; nothing is built twice.
 */
export async function settleRelease(release: {
  packed: Packed
  plan: PublishPlan
  folder: string
  /** As it stands in the folder. */
  manifest: Manifest
  built: Build
  /** What was found before anything was packed. */
  findings: readonly Finding[]
  last: LastRelease | undefined
  step: RunStep
  context: Context
  report: PublishReport
}): Promise<Packed> {
  const { packed, plan, folder, manifest, built, findings, last, step, context, report } = release
  const version = await askVersion(plan, manifest, last?.detail.version)
  const changelog = await askChangelog(plan, { folder, manifest, version }, context)
  if (version === packed.manifest.version && changelog === plan.changelog) return packed
  context.console.note()
  const started = await startPackage({ folder, manifest, build: Promise.resolve(built), version, changelog })
  const settled = await finishPackage(started, { step, console: context.console, findings })
  context.console.note()
  report.identity(settled)
  if (version !== manifest.version) {
    context.console.note(
      `The manifest in the folder still says ${manifest.version}: set its version to ${version} once this is submitted.`,
    )
    context.console.note()
  }
  return settled
}
