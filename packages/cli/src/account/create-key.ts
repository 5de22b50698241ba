import type { AnswerOf, KeyPermission, Role, Routes } from '@plexica/api'
import type { Outcome } from '../command.ts'
import type { KeysCreateInput } from '../commands/keys.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { onlyPlugin } from '../marketplace/plugin-name.ts'
import { readSettings, type Settings } from '../settings.ts'
import { keyText } from './key-text.ts'

/** Makes a key. On stdout stands the key and nothing else, so that it can go straight into a file or a secret store. */
export async function createKey(input: KeysCreateInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, json, signal, stdout } = context
  const settings = readSettings({ folder: cwd, env, options: input })
  const { permission, plugin, description } = input
  const expiresAt = input.expires === undefined ? undefined : expiryOf(input.expires, Date.now())
  const plugins = plugin?.map(onlyPlugin)
  const client = connectWithKey(context, settings)
  const who = await client.whoami({ signal })
  const answer = await client.createKey({
    body: {
      ...holderOf(input, who, settings),
      ...(permission ? { permissions: [...new Set(permission)] as KeyPermission[] } : {}),
      ...(plugins ? { plugins: [...new Set(plugins)] } : {}),
      ...(description ? { description } : {}),
      ...(expiresAt ? { expiresAt } : {}),
    },
    signal,
  })
  console.note(`Made the key ${answer.id} for ${keyText(answer)}.`)
  console.note(
    answer.expiresAt === null
      ? 'It does not expire; --expires gives a key an end.'
      : `It is valid until ${answer.expiresAt.slice(0, 10)}.`,
  )
  console.note('It is shown this once. Whoever has it can do what it may.')
  if (!json) stdout.write(`${answer.key}\n`)
  return { answer }
}

type Caller = AnswerOf<Routes['whoami']>

/** For whom the key is: the caller, unless told. */
function holderOf(input: KeysCreateInput, who: Caller, settings: Settings) {
  const subject = input.subject ?? who.subject
  const role = (input.role as Role | undefined) ?? who.role
  const isOwn = who.role !== 'super-admin' || (subject === who.subject && role === who.role)
  const tenantId = input.tenant ?? (isOwn ? who.tenantId : role.startsWith('tenant-') ? settings.tenant?.value : null)
  return { subject, role, ...(tenantId ? { tenantId } : {}) }
}

const day = 24 * 60 * 60 * 1000

/** `90d`, a day, whose last moment is meant, or a time. Throws a usage failure for anything else and for the past. */
export function expiryOf(text: string, now: number): string {
  const days = /^(\d{1,5})d$/.exec(text)?.[1]
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  const time = days === undefined ? Date.parse(isDay ? `${text}T23:59:59.999Z` : text) : now + Number(days) * day
  const isTime = isDay || days !== undefined || /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)
  // 31 February would be a day in March.
  if (!isTime || Number.isNaN(time) || (isDay && !new Date(time).toISOString().startsWith(text))) {
    throw failure('usage_invalid', '--expires is not a day, a time or a number of days.', {
      fix: 'Write 2027-01-31, 2027-01-31T12:00:00Z or 90d.',
    })
  }
  if (time <= now) throw failure('usage_invalid', 'The key would have expired already.', { fix: 'Name a later time.' })
  return new Date(time).toISOString()
}
