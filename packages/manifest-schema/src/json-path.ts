import { quote } from './visible-text.ts'

/** The way from the root of a JSON document to a value: keys and places in lists. */
export type JsonPath = readonly (string | number)[]

const plainKey = /^[A-Za-z_$][\w$]*$/

/** As people write it: `components[0].fields.title`, `dependencies["my-plugin"]`. The root is the empty text. */
export function pathText(path: JsonPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (!plainKey.test(step)) text += `[${quote(step)}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

/** An object in the sense of JSON: neither `null` nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
