import { ApiError } from '@plexica/api'
import type { ConfigSchema, Finding } from '@plexica/manifest-schema/validate'
import type { Context } from '../context.ts'
import { askConfiguration } from './ask-configuration.ts'
import { settingsOf, type Values, withValue } from './configuration.ts'

interface Sending {
  /** What is done, as the line of its step says it. */
  title: string
  schema: ConfigSchema | undefined
  values: Values
  /** Names of secrets that have a value. */
  secrets?: readonly string[]
  /** Whether somebody can correct what the registry refuses. */
  asking: boolean
}

/**
 * Sends a configuration. What the registry finds wrong with it is asked again where somebody can answer, so that a typo
 * costs one question and not the whole form.
 */
export async function sendConfiguration<Answer>(
  { title, schema, values: first, secrets = [], asking }: Sending,
  context: Context,
  send: (values: Values) => Promise<Answer>,
): Promise<Answer> {
  const { console } = context
  for (let values = first; ; ) {
    const step = console.step(title)
    try {
      const answer = await send(values)
      step.done()
      return answer
    } catch (error) {
      step.fail()
      const wrong = asking ? wrongSettings(error, schema) : []
      if (wrong.length === 0) throw error
      // The same mistake made twice is worth the same words.
      for (const { message } of wrong) console.warn(message)
      const names = new Set(wrong.map(({ name }) => name))
      const paths = settingsOf(schema).filter(({ name }) => names.has(name))
      for (const { path } of paths) values = withValue(values, path, undefined)
      const kept = secrets.filter((name) => !names.has(name))
      values = await askConfiguration({ schema, values, secrets: kept, only: ({ name }) => names.has(name) }, context)
    }
  }
}

/** Settings that the registry refused; none when it refused for another reason, or for something that cannot be asked. */
function wrongSettings(error: unknown, schema: ConfigSchema | undefined): { name: string; message: string }[] {
  if (!(error instanceof ApiError) || error.code !== 'configuration_invalid') return []
  const names = new Set(settingsOf(schema).map(({ name }) => name))
  const wrong = error.findings.filter(({ severity }) => severity === 'error').map(settingOf)
  return wrong.every(({ name }) => names.has(name)) ? wrong : []
}

/** `configuration.mail.host` → `mail.host`; of a list's item, the list. */
export function settingOf({ path = '', message }: Finding): { name: string; message: string } {
  return { name: path.replace(/^configuration\./, '').replace(/\.\d+$/, ''), message }
}
