import type { Client } from '@plexica/api'
import { startBuild } from '../build/start-build.ts'
import { loadEsbuild } from '../build/start-esbuild.ts'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { PublishInput } from '../commands/publish.ts'
import type { Context } from '../context.ts'
import { startPackage } from '../pack/start-package.ts'
import { checkPlugin } from '../plugin/check-plugin.ts'
import { openPlugin } from '../plugin/open-plugin.ts'
import { followsFrom, stopOnErrors } from '../plugin/stop-on-errors.ts'
import { inBackground, stepRunner } from '../run-steps.ts'
import { readSettings, type Settings } from '../settings.ts'
import { stepEnds } from '../step-ends.ts'
import { finishPackage } from './finish-package.ts'
import { planPublish } from './publish-plan.ts'
import { publishReport } from './publish-report.ts'
import { testPlugin } from './run-tests.ts'
import { type Destination, sendPackage } from './send-package.ts'
import { summarized } from './step-summary.ts'

/**
 * The whole road from source to submission. What does not depend on each other runs side by side: esbuild starts before
 * the manifest is judged; files are compressed and inspected and tests run while it works. The steps tell in order how
 * each ended.
 */
export function publishPlugin(input: PublishInput, context: Context): Promise<Outcome> {
  return summarized(context, () => publish(input, context))
}

async function publish(input: PublishInput, context: Context): Promise<Outcome> {
  const plan = planPublish(input)
  const { console, env } = context
  const watched = canAsk(context, input.nonInteractive)
  const asking = watched && !plan.dryRun
  loadEsbuild().catch(() => undefined)
  const source = openPlugin(context, input)
  const { folder } = source
  const building = inBackground(startBuild(source))
  const settings = readSettings({ folder, env, options: input })
  const destination = plan.offline ? undefined : await openDestination(context, settings, plan.answerTime)
  const step = stepRunner(context)
  const report = publishReport(console, plan, settings)
  const stopped = new AbortController()
  const signal = AbortSignal.any([context.signal, stopped.signal])

  try {
    report.begin()
    if (destination)
      await step(
        'account',
        () => destination.account,
        (who) => who,
      )

    const checked = await step('check', async () => checkPlugin(source), stepEnds.check)
    const { manifest } = checked
    const { version, changelog } = plan
    const started = manifest && (await startPackage({ folder, manifest, build: building.result, version, changelog }))
    const last = watched && manifest ? destination?.lastRelease(manifest.id) : undefined
    last?.catch(() => undefined)
    const tests =
      started && plan.steps.includes('test')
        ? inBackground(testPlugin({ folder, env, timeout: settings.testTimeout.value, signal }))
        : undefined

    const built = await step('build', building, (build) =>
      // The line of the manifest has said it.
      followsFrom(checked.findings, build.findings) ? { skipped: 'an entry is missing' } : stepEnds.build(build),
    )
    const found = [...checked.findings, ...(started?.findings ?? [])]
    stopOnErrors({ plugin: found, build: built.findings })
    // Without a manifest there was an error, and that has just ended the run.
    if (manifest === undefined || started === undefined) throw new TypeError('a plugin without errors has a manifest')

    if (tests) await step('test', tests, (end) => (end === 'none' ? { skipped: 'no tests' } : 'passed'))
    else report.skippedTests()

    const findings = [...found, ...built.findings]
    const packed = await finishPackage(started, { step, console, findings })
    if (last) report.delta(await last, packed)
    report.contents(packed)
    if (destination === undefined) return report.offline(packed)
    const settled = asking
      ? await (await import('./settle-release.ts')).settleRelease({
          packed,
          plan,
          folder,
          manifest,
          built,
          findings,
          last: await last,
          step,
          context,
          report,
        })
      : packed
    return await sendPackage({ packed: settled, destination, plan, context, step, report, asking })
  } finally {
    stopped.abort()
  }
}

/** The registry, and who asks: requested at once, so that a wrong key is known before anything is built. */
async function openDestination(context: Context, found: Settings, answerTime: number): Promise<Destination> {
  const [{ connectWithKey }, { checkAccount }, { withPipelineKey }] = await Promise.all([
    import('../connect.ts'),
    import('./check-account.ts'),
    import('./pipeline-key.ts'),
  ])
  const settings = await withPipelineKey(found, context, answerTime)
  const client: Client = connectWithKey(context, settings, answerTime)
  const account = checkAccount(client, context)
  account.catch(() => undefined)
  // An upload is bounded by its progress, see `upload-package.ts`, not by its length.
  const uploads = connectWithKey(context, settings, 24 * 60 * 60 * 1000)
  return {
    client,
    uploads,
    account,
    url: settings.apiUrl.value,
    lastRelease: async (pluginId) =>
      (await import('./last-release.ts')).findLastRelease(client, pluginId, context.signal),
  }
}
