import type { ConfigProperty, ConfigSchema } from '@plexica/manifest-schema/validate'
import { printable } from '../style.ts'
import { readValue } from './configuration.ts'

/** Asks for every value of the configuration that is not given yet. An empty answer takes the default, or none. */
export async function askConfiguration(
  schema: ConfigSchema,
  given: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { default: inquirer } = await import('inquirer')
  const values: Record<string, unknown> = { ...given }
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (values[key] !== undefined) continue
    const required = schema.required?.includes(key) === true
    const { answer } = await inquirer.prompt<{ answer: unknown }>([questionFor(key, property, required)])
    const value = typeof answer === 'string' ? (answer === '' ? undefined : readValue(key, answer, property)) : answer
    if (value !== undefined) values[key] = value
  }
  return values
}

function questionFor(key: string, property: ConfigProperty, required: boolean) {
  const title = property.title ?? key
  const message = printable(property.description ? `${title} (${property.description})` : title)
  const name = 'answer' as const
  const options = property.enum
  if (Array.isArray(options)) {
    const choices = options.map((value: unknown) => ({ name: String(value), value }))
    return { type: 'select' as const, name, message, choices, default: property.default }
  }
  if (property.type === 'boolean')
    return { type: 'confirm' as const, name, message, default: property.default === true }
  const validate = (text: string) => {
    if (text === '') return !required || property.default !== undefined || 'This value is needed.'
    try {
      readValue(key, text, property)
      return true
    } catch (error) {
      return (error as Error).message
    }
  }
  if (property.secret === true) return { type: 'password' as const, name, message, mask: '•', validate }
  const fallback = property.default === undefined ? {} : { default: textOf(property.default) }
  return { type: 'input' as const, name, message, validate, ...fallback }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Permissions are granted one by one; none is granted on somebody's behalf. */
export async function askPermissions(permissions: readonly { name: string; description: string }[]): Promise<string[]> {
  const { default: inquirer } = await import('inquirer')
  const { granted } = await inquirer.prompt<{ granted: string[] }>([
    {
      type: 'checkbox',
      name: 'granted',
      message: 'The plugin needs these permissions. Grant',
      choices: permissions.map(({ name, description }) => ({
        name: description === '' ? name : `${name}  ${printable(description)}`,
        value: name,
      })),
    },
  ])
  return granted
}
