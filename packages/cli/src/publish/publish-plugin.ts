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
import { mergeFindings, stopOnErrors, stopOnRefusal } from '../plugin/stop-on-errors.ts'
import { inBackground, stepRunner } from '../run-steps.ts'
import { readSettings, type Settings } from '../settings.ts'
import { stepEnds } from '../step-ends.ts'
import { askChangelog, askVersion } from './ask-publish.ts'
import { planPublish } from './publish-plan.ts'
import { type Packed, publishReport } from './publish-report.ts'
import { testPlugin } from './run-tests.ts'
import { type Destination, sendPackage } from './send-package.ts'

/**
 * The whole road from source to submission. What does not depend on each other runs side by side: esbuild starts before
 * the manifest is judged; files are compressed and inspected and tests run while it works. The steps tell in order how
 * each ended.
 */
export async function publishPlugin(input: PublishInput, context: Context): Promise<Outcome> {
  const plan = planPublish(input)
  const { console, env } = context
  const asking = !plan.dryRun && canAsk(context, input.nonInteractive)
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
    const version = manifest && asking ? await askVersion(plan, manifest) : plan.version
    const changelog = manifest && asking ? await askChangelog(plan, { folder, manifest, version }) : plan.changelog
    const started = manifest && (await startPackage({ folder, manifest, build: building.result, version, changelog }))
    const tests =
      started && plan.steps.includes('test')
        ? inBackground(testPlugin({ folder, env, timeout: settings.testTimeout.value, signal }))
        : undefined

    const built = await step('build', building, stepEnds.build)
    const pluginFindings = [...checked.findings, ...(started?.findings ?? [])]
    stopOnErrors({ plugin: pluginFindings, build: built.findings })
    // Without a manifest there was an error, and that has just ended the run.
    if (started === undefined) throw new TypeError('a plugin without errors has a manifest')

    if (tests) await step('test', tests, (end) => (end === 'none' ? { skipped: 'no tests' } : 'passed'))
    else report.skippedTests()

    const archive = await step('pack', started.packing, stepEnds.pack)
    const inspection = await step('inspect', started.inspecting, stepEnds.inspect)
    const findings = mergeFindings([...pluginFindings, ...built.findings], inspection.findings)
    console.findings(findings)
    stopOnRefusal(findings)

    const packed: Packed = { ...archive, archive: started.archive, manifest: started.manifest, inspection, findings }
    report.contents(packed)
    if (destination === undefined) return report.offline(packed)
    return await sendPackage({ packed, destination, plan, context, step, report, asking })
  } finally {
    stopped.abort()
  }
}

/** The registry, and who asks: requested at once, so that a wrong key is known before anything is built. */
async function openDestination(context: Context, settings: Settings, answerTime: number): Promise<Destination> {
  const [{ connectWithKey }, { checkAccount }] = await Promise.all([
    import('../connect.ts'),
    import('./check-account.ts'),
  ])
  const client: Client = connectWithKey(context, settings, answerTime)
  const account = checkAccount(client, context)
  account.catch(() => undefined)
  // An upload is bounded by its progress, see `upload-package.ts`, not by its length.
  const uploads = connectWithKey(context, settings, 24 * 60 * 60 * 1000)
  return { client, uploads, account, url: settings.apiUrl.value }
}
