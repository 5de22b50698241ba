import { type AnswerOf, ApiError, type Client, createClient, type Routes } from '@plexica/api'
import type { Context } from './context.ts'
import { failure } from './failure.ts'
import type { Settings } from './settings.ts'

/** The registry that the settings name. `answerTime` is in milliseconds; the client's own default unless told. */
export function connect(context: Context, settings: Settings, answerTime?: number): Client {
  const { apiUrl, apiKey } = settings
  if (apiKey && !/^[\x21-\x7e]+$/.test(apiKey.value)) {
    throw failure('key_missing', `The key from ${apiKey.where} has characters that no key has.`, {
      fix: 'Copy the key again, without quotes and line ends.',
    })
  }
  if (apiKey && apiUrl.value.startsWith('http:') && !isLoopback(apiUrl.value)) {
    context.console.warn(`${apiUrl.value} is not encrypted: others on the way can read your key. Use https.`)
  }
  const client = createClient({
    url: apiUrl.value,
    token: apiKey?.value,
    ...(answerTime === undefined ? {} : { timeout: answerTime }),
  })
  return { ...client, whoami: async (input) => ofRegistry(await client.whoami(input), apiUrl.value) }
}

/** The first answer that most commands wait for; another service's JSON would look like a fault of this program later. */
function ofRegistry(account: AnswerOf<Routes['whoami']>, url: string): AnswerOf<Routes['whoami']> {
  if (typeof account?.subject === 'string' && account.expiresAt !== undefined) return account
  throw new ApiError({
    code: 'registry_answer_invalid',
    status: 200,
    detail: `${url} answered with JSON that is not a Plexica registry’s.`,
    fix: 'Check the registry’s address, and whether another service answers there.',
  })
}

/** The same, for what nobody may do without a key. */
export function connectWithKey(context: Context, settings: Settings, answerTime?: number): Client {
  if (settings.apiKey) return connect(context, settings, answerTime)
  throw failure('key_missing', `There is no key for ${settings.apiUrl.value}.`)
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.|^\[::1\]$/.test(hostname)
}
