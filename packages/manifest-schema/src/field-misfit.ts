import { formats } from './formats.ts'
import { isObject } from './json-path.ts'
import type { Field } from './manifest-words.ts'
import { isPicture, pathProblem } from './path-rules.ts'
import { quote } from './visible-text.ts'

/** What the value of a field should be instead, completing a sentence; undefined when it fits. */
export function misfit(value: unknown, field: Field): string | undefined {
  switch (field.type) {
    case 'text':
    case 'textarea':
      return typeof value === 'string' ? undefined : 'it must be a string'
    case 'number':
      return misfitOfNumber(value, field)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'it must be true or false'
    case 'select':
    case 'radio':
      return (field.options ?? []).some((option) => option.value === value) ? undefined : 'none of the options has it'
    case 'color':
      return typeof value === 'string' && /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value)
        ? undefined
        : 'it must be a colour such as #1a2b3c'
    case 'image':
      return typeof value === 'string' && isImageSource(value)
        ? undefined
        : 'it must be a web address or a picture under `assets/`'
    case 'array':
      if (!Array.isArray(value)) return 'it must be a list'
      return value.map((item) => misfitOfObject(item, field)).find((problem) => problem !== undefined)
    case 'object':
      return misfitOfObject(value, field)
    case 'slot':
      return 'a slot starts empty'
  }
}

function misfitOfNumber(value: unknown, { min = -Infinity, max = Infinity }: Field): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'it must be a number'
  if (value < min) return `it must be at least ${min}`
  return value > max ? `it must be at most ${max}` : undefined
}

function misfitOfObject(value: unknown, { fields = {} }: Field): string | undefined {
  if (!isObject(value)) return 'it must be an object `{…}`'
  for (const [name, item] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined) return `there is no field ${quote(name)}`
    const problem = misfit(item, field)
    if (problem !== undefined) return `in "${name}", ${problem}`
  }
  return undefined
}

/** An empty text stands for no picture yet. */
function isImageSource(value: string): boolean {
  if (value === '') return true
  return /^https?:/.test(value) ? formats.uri.fits(value) : isPicture(value) && pathProblem(value) === undefined
}
