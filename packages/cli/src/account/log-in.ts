import { text } from 'node:stream/consumers'
import { canAsk } from '../can-ask.ts'
import type { Outcome } from '../command.ts'
import type { LoginInput } from '../commands/login.ts'
import { connect } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { readSettings } from '../settings.ts'
import { storeKey } from './key-file.ts'

/** Asks for a key, tries it at the registry, and keeps it only when the registry knows it. */
export async function logIn(input: LoginInput, context: Context): Promise<Outcome> {
  const { console, cwd, env } = context
  const { apiUrl } = readSettings({ folder: cwd, env, options: { apiUrl: input.apiUrl } })
  const key = input.withKeyStdin ? (await text(context.stdin())).trim() : await askKey(apiUrl.value, context)
  if (key === '') throw failure('answer_missing', 'The key is empty.', { fix: 'Paste the whole key, `plx_…`.' })

  const settings = readSettings({ folder: cwd, env, options: { apiUrl: apiUrl.value, apiKey: key } })
  const { subject, role, expiresAt } = await connect(context, settings).whoami({ signal: context.signal })
  const file = storeKey(env, apiUrl.value, key)
  console.say(`Logged in to ${apiUrl.value} as ${subject} (${role}).`)
  if (expiresAt !== null) console.say(`The key is valid until ${expiresAt.slice(0, 10)}.`)
  console.note(`The key is kept in ${file}, which only you can read.`)
  if (apiUrl.from === 'option') {
    console.note(
      `To use this registry without --api-url, set PLEXICA_API_URL or write apiUrl into plexica.config.json.`,
    )
  }
  return { answer: { registry: apiUrl.value, subject, role, expiresAt, file } }
}

async function askKey(registry: string, context: Context): Promise<string> {
  if (!canAsk(context)) {
    throw failure('answer_missing', 'There is no terminal to ask for the key on.', {
      fix: 'Give it with --with-key-stdin.',
    })
  }
  const { default: inquirer } = await import('inquirer')
  const { key } = await inquirer.prompt<{ key: string }>([
    { type: 'password', name: 'key', message: `Key for ${registry}`, mask: '•' },
  ])
  return key.trim()
}
