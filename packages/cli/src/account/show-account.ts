import type { Outcome } from '../command.ts'
import type { WhoamiInput } from '../commands/whoami.ts'
import { connectWithKey } from '../connect.ts'
import type { Context } from '../context.ts'
import { readSettings, type Setting } from '../settings.ts'
import { reachText } from './key-text.ts'

/** Who the registry takes the caller for. The settings are shown even when it does not know the key. */
export async function showAccount(input: WhoamiInput, context: Context): Promise<Outcome> {
  const { console, cwd, env, signal } = context
  const settings = readSettings({ folder: cwd, env, options: input })
  const { apiUrl, apiKey, tenant, testTimeout } = settings
  const shown = {
    apiUrl,
    apiKey: apiKey && { ...apiKey, value: hidden(apiKey.value) },
    tenant,
    testTimeout,
  }
  console.table([
    ...Object.entries(shown).map(([name, setting]: [string, Setting<string | number> | undefined]) => [
      name,
      setting === undefined ? 'not set' : String(setting.value),
      setting === undefined ? '' : `from ${setting.where}`,
    ]),
  ])
  const who = await connectWithKey(context, settings).whoami({ signal })
  const until = who.expiresAt === null ? '' : `, key until ${who.expiresAt.slice(0, 10)}`
  console.say()
  console.say(`You are ${who.subject} (${who.role}${who.tenantId === null ? '' : ` of ${who.tenantId}`})${until}.`)
  const reach = reachText(who)
  if (reach !== '') console.say(`The key is narrowed to ${reach}.`)
  return { answer: { ...who, registry: apiUrl.value, settings: shown } }
}

/** Enough to tell two keys apart, too little to use one. */
function hidden(key: string): string {
  return key.length < 12 ? '…' : `${key.slice(0, 4)}…${key.slice(-4)}`
}
