import type { Field } from './manifest-words.ts'

/** The props that a component starts with: the declared default of each field, and those inside of an object field. */
export function fieldDefaults(fields: Readonly<Record<string, Field>> = {}): Record<string, unknown> {
  const defaults: [string, unknown][] = []
  for (const [name, field] of Object.entries(fields)) {
    if (field.default !== undefined) defaults.push([name, field.default])
    else if (field.type === 'object') defaults.push([name, fieldDefaults(field.fields)])
    else if (field.type === 'array' || field.type === 'slot') defaults.push([name, []])
  }
  return Object.fromEntries(defaults)
}
