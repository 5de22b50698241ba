import { ApiError, type Client, createClient } from '@plexica/api'
import type { Platform } from '@plexica/manifest-schema/validate'
import { keyText } from '../account/key-text.ts'
import { failureOfApi } from '../api-failure.ts'
import { connect } from '../connect.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Settings } from '../settings.ts'
import { countText, millisecondsText } from '../style.ts'
import { type Check, failed, failedBy, ok, skipped } from './check.ts'

/** A registry that does not answer a short question in this time, in milliseconds, is as good as gone. */
const patience = 10_000

/** Clocks further apart than this, in milliseconds, make tokens and keys end at the wrong time. */
const mostSkew = 60_000

/** A key with less time than this, in milliseconds, is worth a word. */
const soon = 14 * 24 * 60 * 60 * 1000

/** What was found of the registry, and its platform for what follows. */
export interface RegistryChecks {
  readonly checks: readonly Check[]
  /** Undefined when the registry does not answer or describes none. */
  readonly platform: Platform | undefined
}

/** Whether the registry answers, is ready, agrees about the time and knows the key. */
export async function checkRegistry(settings: Settings, context: Context): Promise<RegistryChecks> {
  const { signal } = context
  const { apiUrl } = settings
  const dates: { date: string | null; at: number }[] = []
  const client = createClient({
    url: apiUrl.value,
    timeout: patience,
    fetch: async (address, init) => {
      const asked = Date.now()
      const answer = await fetch(address, init)
      dates.push({ date: answer.headers.get('date'), at: (asked + Date.now()) / 2 })
      return answer
    },
  })
  const registry = await checkAnswer(client, apiUrl.value, signal)
  const reached = registry.state === 'ok'
  const clock = reached ? checkClock(dates[0]) : skipped('clock', 'the registry does not answer')
  const key = reached ? await checkKey(settings, context) : skipped('key', 'the registry does not answer')
  const platform = reached ? await readPlatform(client, signal) : undefined
  return { checks: [registry, clock, key], platform }
}

async function checkAnswer(client: Client, url: string, signal: AbortSignal): Promise<Check> {
  const began = performance.now()
  try {
    await client.getReadiness({ signal })
    const { info } = (await client.getOpenApi({ signal })) as { info?: { version?: unknown } }
    const time = millisecondsText(performance.now() - began)
    return ok('registry', `${url} is ready (interface ${String(info?.version ?? 'unknown')}, ${time})`)
  } catch (error) {
    signal.throwIfAborted()
    const found = failureOfApi(error)
    // Ready registries may be told from alive ones: this one answers, but something behind it does not.
    if (error instanceof ApiError && error.code === 'storage_unavailable' && found) {
      return failed('registry', `${url} answers but is not ready: ${found.message}`, found.fix, found.exit)
    }
    return failedBy('registry', error)
  }
}

function checkClock(seen: { date: string | null; at: number } | undefined): Check {
  const theirs = Date.parse(seen?.date ?? '')
  if (seen === undefined || Number.isNaN(theirs)) return skipped('clock', 'the registry does not tell its time')
  // The header has whole seconds: on average half of one has been cut off.
  const skew = seen.at - (theirs + 500)
  const words = `${millisecondsText(Math.abs(skew))} ${skew < 0 ? 'behind' : 'ahead of'} the registry’s`
  if (Math.abs(skew) <= mostSkew) return ok('clock', Math.abs(skew) < 2_000 ? 'agrees with the registry’s' : words)
  return failed(
    'clock',
    `this machine’s is ${words}`,
    'Let the system set its clock by the network (NTP).',
    exitCodes.invalid,
  )
}

async function checkKey(settings: Settings, context: Context): Promise<Check> {
  const { apiKey, apiUrl } = settings
  if (apiKey === undefined) {
    const fix = 'Run `plexica login`, set PLEXICA_API_KEY or give --api-key.'
    return failed('key', `there is none for ${apiUrl.value}`, fix, exitCodes.notAllowed)
  }
  try {
    const who = await connect(context, settings, patience).whoami({ signal: context.signal })
    const words = `${keyText(who)}, from ${apiKey.where}`
    if (who.expiresAt === null) return ok('key', `${words}, does not expire`)
    const left = Date.parse(who.expiresAt) - Date.now()
    const end = `valid until ${who.expiresAt.slice(0, 10)}`
    const days = countText(Math.max(0, Math.floor(left / 86_400_000)), 'day')
    return ok('key', `${words}, ${end}${left < soon ? `: ${days} left, \`plexica keys create\` makes a new one` : ''}`)
  } catch (error) {
    context.signal.throwIfAborted()
    const found = failedBy('key', error)
    return { ...found, detail: `${found.detail} It is from ${apiKey.where}.` }
  }
}

async function readPlatform(client: Client, signal: AbortSignal): Promise<Platform | undefined> {
  try {
    return await client.getPlatform({ signal })
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
