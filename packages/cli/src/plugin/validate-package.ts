import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { inspectPackage } from '@plexica/inspect'
import { hasErrors } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'

/** Shows everything that the registry's inspection would find in a packed plugin. */
export async function validatePackage(file: string, context: Context): Promise<Outcome> {
  const { console } = context
  const { manifest, digest, findings } = await inspectPackage(createReadStream(file))
  const valid = !hasErrors(findings)
  console.findings(findings)
  const name = manifest ? `${manifest.id} ${manifest.version}` : basename(file)
  if (valid) console.say(`${console.style.green('✔')} ${name} is valid.`)
  else console.say(`${console.style.red('✖')} ${name} is not valid.`)
  const about = manifest ? { id: manifest.id, version: manifest.version } : {}
  return {
    answer: { valid, ...about, ...(digest ? { digest } : {}), findings },
    exit: valid ? exitCodes.done : exitCodes.invalid,
  }
}
