import type { Outcome } from '../command.ts'
import type { LogoutInput } from '../commands/logout.ts'
import type { Context } from '../context.ts'
import { readSettings } from '../settings.ts'
import { forgetKey } from './key-file.ts'

/** Forgets the stored key. Without one this is a success too: the end is what was asked for. */
export async function logOut(input: LogoutInput, { console, cwd, env }: Context): Promise<Outcome> {
  const { apiUrl } = readSettings({ folder: cwd, env, options: { apiUrl: input.apiUrl } })
  const forgotten = forgetKey(env, apiUrl.value)
  console.say(forgotten ? `Logged out from ${apiUrl.value}.` : `There was no key for ${apiUrl.value}.`)
  if (env.PLEXICA_API_KEY) console.note('PLEXICA_API_KEY is still set.')
  return { answer: { registry: apiUrl.value, forgotten } }
}
