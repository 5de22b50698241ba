import type { ConfigSchema } from '@plexica/manifest-schema/validate'
import { askYes } from '../ask-yes.ts'
import type { Context } from '../context.ts'
import { printable } from '../style.ts'
import { readValue, type Setting, settingsOf, type Values, valueAt, withValue } from './configuration.ts'

interface Asked {
  schema: ConfigSchema | undefined
  /** What is there already, and is what an empty answer keeps. */
  values: Values
  /** Names of secrets that have a value, which nobody sees. */
  secrets?: readonly string[]
  /** Asks for these alone. */
  only?: (setting: Setting) => boolean
}

/** Asks for settings one by one. An empty answer takes what is there, or the default, or nothing. */
export async function askConfiguration(asked: Asked, context: Context): Promise<Values> {
  const { console, signal } = context
  const { schema, secrets = [], only = () => true } = asked
  const { default: inquirer } = await import('inquirer')
  let { values } = asked
  const optional = new Map<string, boolean>()
  for (const setting of settingsOf(schema).filter(only)) {
    const [group = '', inner] = setting.path
    const required = schema?.required?.includes(group) === true
    if (inner !== undefined && !required && valueAt(values, [group]) === undefined) {
      const title = printable(schema?.properties?.[group]?.title ?? group)
      const wanted = optional.get(group) ?? (await askYes(`Set up ${title}?`, context, false))
      optional.set(group, wanted)
      if (!wanted) continue
    }
    const known = schema?.properties?.[group]
    const needed = inner === undefined ? required : known?.required?.includes(inner) === true
    const kept = secrets.includes(setting.name)
    if (setting.property.description !== undefined) console.prose(`  ${setting.property.description}`)
    const { answer } = await inquirer.prompt<{ answer: unknown }>([questionFor(setting, { needed, kept, values })])
    signal.throwIfAborted()
    const value = typeof answer === 'string' ? readAnswer(setting, answer) : answer
    if (value !== undefined) values = withValue(values, setting.path, value)
  }
  return values
}

function readAnswer({ name, property }: Setting, answer: string): unknown {
  return answer === '' ? undefined : readValue(name, answer, property)
}

function questionFor(setting: Setting, { needed, kept, values }: { needed: boolean; kept: boolean; values: Values }) {
  const { property, path } = setting
  const before = valueAt(values, path) ?? property.default
  const message = messageFor(setting, { needed: needed && before === undefined, kept })
  const name = 'answer' as const
  if (Array.isArray(property.enum)) {
    const choices: { name: string; value: unknown }[] = property.enum.map((value) => ({ name: String(value), value }))
    if (!needed && property.default === undefined) choices.push({ name: '(none)', value: undefined })
    return { type: 'select' as const, name, message, choices, default: before }
  }
  if (property.type === 'array' && Array.isArray(property.items?.enum)) {
    const chosen = Array.isArray(before) ? before : []
    const choices = property.items.enum.map((value) => ({
      name: String(value),
      value,
      checked: chosen.includes(value),
    }))
    return { type: 'checkbox' as const, name, message, choices }
  }
  if (property.type === 'boolean') return { type: 'confirm' as const, name, message, default: before === true }
  const validate = (text: string) => {
    if (text === '') return !needed || kept || before !== undefined || 'This value is needed.'
    try {
      readValue(setting.name, text, property)
      return true
    } catch (error) {
      return (error as Error).message
    }
  }
  if (property.secret === true) return { type: 'password' as const, name, message, mask: '•', validate }
  const fallback = before === undefined ? {} : { default: textOf(before) }
  return { type: 'input' as const, name, message, validate, ...fallback }
}

function messageFor({ name, property }: Setting, { needed, kept }: { needed: boolean; kept: boolean }): string {
  const words = [
    property.type === 'array' && !property.items?.enum ? 'separated by commas' : '',
    kept ? 'empty keeps the one that is set' : '',
    needed || kept ? '' : 'optional',
  ].filter((word) => word !== '' && !(word === 'optional' && property.default !== undefined))
  const title = property.title ?? name
  return printable(words.length === 0 ? title : `${title} (${words.join('; ')})`)
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
