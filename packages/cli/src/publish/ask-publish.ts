import { compareVersions, isPrerelease, type Manifest, versionPattern } from '@plexica/manifest-schema/validate'
import inc from 'semver/functions/inc.js'
import type { Context } from '../context.ts'
import { findChangelog } from '../pack/start-package.ts'
import { printable } from '../style.ts'
import type { PublishPlan } from './publish-plan.ts'

const steps = ['patch', 'minor', 'major', 'prerelease'] as const
const other = 'other'

/** Asks for the version, unless the options say it: that of the manifest, or one step above the last release. */
export async function askVersion(plan: PublishPlan, manifest: Manifest, last: string | undefined): Promise<string> {
  if (plan.version !== undefined) return plan.version
  const asIs = manifest.version
  const base = last ?? asIs
  const next = steps.map((step) => ({ step, version: nextVersion(base, step) ?? asIs }))
  const isNew = last === undefined || compareVersions(asIs, last) > 0
  const { default: inquirer } = await import('inquirer')
  const { version } = await inquirer.prompt<{ version: string }>([
    {
      type: 'select',
      name: 'version',
      message: last === undefined ? 'Version' : `Version (the last release is ${last})`,
      choices: [
        { name: `as is       ${asIs}${asIs === last ? '  (published already)' : ''}`, value: asIs, short: asIs },
        ...next
          .filter((choice) => choice.version !== asIs)
          .map(({ step, version }) => ({ name: `${step.padEnd(10)}  ${version}`, value: version, short: version })),
        { name: 'another one', value: other },
      ],
      default: isNew ? asIs : (next[0]?.version ?? asIs),
    },
  ])
  return version === other ? typeVersion(asIs) : version
}

function nextVersion(base: string, step: (typeof steps)[number]): string | null {
  return step === 'prerelease' && !isPrerelease(base) ? inc(base, step, 'beta') : inc(base, step)
}

async function typeVersion(proposal: string): Promise<string> {
  const { default: inquirer } = await import('inquirer')
  const { version } = await inquirer.prompt<{ version: string }>([
    {
      type: 'input',
      name: 'version',
      message: 'Which version?',
      default: proposal,
      validate: (text: string) => new RegExp(versionPattern).test(text) || 'Write three numbers such as 1.4.0.',
    },
  ])
  return version
}

/**
 * What changed, unless the options say it. The section of CHANGELOG.md is shown; without one the editor of `VISUAL` or
 * `EDITOR` opens, or a line is asked for. Nothing is an answer too.
 */
export async function askChangelog(
  plan: PublishPlan,
  { folder, manifest, version }: { folder: string; manifest: Manifest; version: string },
  { console, env }: Context,
): Promise<string | undefined> {
  if (plan.changelog !== undefined) return plan.changelog
  const section = await findChangelog(folder, manifest, version)
  if (section !== undefined) {
    console.say(`  CHANGELOG.md says of ${version}:`)
    for (const line of printable(section).trim().split('\n').slice(0, 20)) console.say(`    ${line}`)
    console.say()
    return undefined
  }
  const { default: inquirer } = await import('inquirer')
  const message = `What is new in ${version}?`
  const hint = `<!-- ${message} Saving nothing is an answer too. -->`
  const { changelog } = await inquirer.prompt<{ changelog: string }>([
    env.VISUAL || env.EDITOR
      ? { type: 'editor', name: 'changelog', message, default: `\n${hint}\n`, postfix: '.md', waitForUserInput: false }
      : { type: 'input', name: 'changelog', message },
  ])
  return changelog.replace(hint, '').trim() || undefined
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
