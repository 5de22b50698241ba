import { type Manifest, versionPattern } from '@plexica/manifest-schema/validate'
import type { Context } from '../context.ts'
import { isInChangelog } from '../pack/start-package.ts'
import type { PublishPlan } from './publish-plan.ts'

/** Asks for what the command line left open. Only where somebody can answer. */
export async function askVersion(plan: PublishPlan, manifest: Manifest): Promise<string> {
  if (plan.version !== undefined) return plan.version
  const { default: inquirer } = await import('inquirer')
  const { version } = await inquirer.prompt<{ version: string }>([
    {
      type: 'input',
      name: 'version',
      message: 'Version',
      default: manifest.version,
      validate: (text: string) => new RegExp(versionPattern).test(text) || 'Write three numbers such as 1.4.0.',
    },
  ])
  return version
}

/** What changed, unless the options or CHANGELOG.md say it. Nothing is an answer too. */
export async function askChangelog(
  plan: PublishPlan,
  { folder, manifest, version = manifest.version }: { folder: string; manifest: Manifest; version: string | undefined },
): Promise<string | undefined> {
  if (plan.changelog !== undefined || (await isInChangelog(folder, manifest, version))) return plan.changelog
  const { default: inquirer } = await import('inquirer')
  const { changelog } = await inquirer.prompt<{ changelog: string }>([
    { type: 'input', name: 'changelog', message: `What is new in ${version}?` },
  ])
  return changelog.trim() || undefined
}

/** The last question, with everything on the screen that it is about. */
export async function confirmUpload(question: string, { signal }: Context): Promise<boolean> {
  const { default: inquirer } = await import('inquirer')
  const { yes } = await inquirer.prompt<{ yes: boolean }>([
    { type: 'confirm', name: 'yes', message: question, default: true },
  ])
  signal.throwIfAborted()
  return yes
}
