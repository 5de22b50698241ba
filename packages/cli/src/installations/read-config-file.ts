import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readTextFile } from '../read-file.ts'
import type { Values } from './configuration.ts'

/** The JSON object of `--config FILE`, or of stdin for `-`. The only ways in which secrets come without a terminal. */
export async function readConfigFile(file: string | undefined, { cwd, stdin }: Context): Promise<Values> {
  if (file === undefined) return {}
  const name = file === '-' ? 'stdin' : `\`${file}\``
  const content = file === '-' ? await text(stdin()) : readTextFile(resolve(cwd, file), 1024 * 1024)
  if (content === undefined) {
    const fix = file.includes('=') ? 'A single value is given with --set key=value.' : 'Check the path.'
    // What was meant for --set may be a secret.
    throw failure('usage_invalid', file.includes('=') ? 'There is no such file.' : `There is no file ${name}.`, { fix })
  }
  try {
    const values: unknown = JSON.parse(content)
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values as Values
  } catch {
    // Said below, as for JSON that is not an object.
  }
  throw failure('usage_invalid', `${name} is not a JSON object.`, { fix: 'Write {"key": value, …}.' })
}
