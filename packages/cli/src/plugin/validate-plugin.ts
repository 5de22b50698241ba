import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { hasErrors, sortFindings } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { ValidateInput } from '../commands/validate.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { checkPlugin } from './check-plugin.ts'
import { openPlugin } from './open-plugin.ts'

/** Shows everything that can be found without a build; of a package, all that the registry would find. */
export async function validatePlugin(input: ValidateInput, context: Context): Promise<Outcome> {
  const named = resolve(context.cwd, input.folder ?? '.')
  if (statSync(named, { throwIfNoEntry: false })?.isFile()) {
    return (await import('./validate-package.ts')).validatePackage(named, context)
  }
  const source = openPlugin(context, input)
  const checked = checkPlugin(source)
  const { manifest } = checked
  const findings = sortFindings(checked.findings)
  const valid = !hasErrors(findings)
  const { console } = context
  console.findings(findings)
  if (valid && manifest) console.say(`${console.style.green('✔')} ${manifest.id} ${manifest.version} is valid.`)
  else console.say(`${console.style.red('✖')} ${source.manifestPath} is not valid.`)
  const about = manifest ? { id: manifest.id, version: manifest.version } : {}
  return {
    answer: { valid, ...about, findings },
    exit: valid ? exitCodes.done : exitCodes.invalid,
  }
}
