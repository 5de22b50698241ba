import type { Outcome } from '../command.ts'
import type { DoctorInput } from '../commands/doctor.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { readSettings, type Settings } from '../settings.ts'
import { countText, printable } from '../style.ts'
import { wrapText } from '../wrap-text.ts'
import { type Check, failedBy, ok } from './check.ts'
import { checkEsbuild, checkNode } from './check-machine.ts'
import { checkCompatibility, checkManifest } from './check-plugin-folder.ts'
import { checkRegistry } from './check-registry.ts'

/** All checks, whatever one of them finds. The first that failed gives the exit code. */
export async function examine(input: DoctorInput, context: Context): Promise<Outcome> {
  const checks: Check[] = []
  const show = (check: Check) => {
    checks.push(check)
    showCheck(check, context)
  }
  show(checkNode())
  const esbuild = checkEsbuild()
  let settings: Settings | undefined
  try {
    const { apiUrl, apiKey } = input
    settings = readSettings({ folder: context.cwd, env: context.env, options: { apiUrl, apiKey } })
    show(ok('settings', `registry ${settings.apiUrl.value} from ${settings.apiUrl.where}`))
  } catch (error) {
    show(failedBy('settings', error))
  }
  const registry = settings && (await checkRegistry(settings, context))
  for (const check of registry?.checks ?? []) show(check)
  const { check, manifest } = checkManifest(input, context)
  show(check)
  show(checkCompatibility(manifest, registry?.platform))
  show(await esbuild)

  const bad = checks.filter(({ state }) => state === 'failed')
  const { note } = context.console
  note(
    bad.length === 0
      ? 'Everything that plexica needs is there.'
      : `${bad.length} of ${countText(checks.length, 'check')} failed: ${bad.map(({ name }) => name).join(', ')}.`,
  )
  const shown = checks.map(({ exit: _, ...rest }) => rest)
  return { answer: { healthy: bad.length === 0, checks: shown }, exit: bad[0]?.exit ?? exitCodes.done }
}

function showCheck({ name, state, detail, fix }: Check, { console, json, stdout, stderr }: Context): void {
  const { style, say } = console
  const lead = ' '.repeat(12)
  const all = (json ? stderr : stdout).columns
  const columns = all && all - lead.length
  const mark = { ok: style.green('✔'), failed: style.red('✖'), skipped: style.dim('-') }[state]
  const lines = (text: string) => wrapText(printable(text), columns).split('\n')
  const [first = '', ...others] = lines(detail)
  say(`${mark} ${name.padEnd(9)} ${first}`)
  for (const line of others) say(`${lead}${line}`)
  for (const line of fix ? lines(`fix: ${fix}`) : []) say(`${lead}${style.dim(line)}`)
}
