import type { FromBackend, WireBody } from './child/messages.ts'

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const number: Check = (value) => typeof value === 'number'
const anything: Check = () => true
const list =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item)
const optional =
  (inner: Check): Check =>
  (value) =>
    value === undefined || inner(value)
const object =
  (shape: Record<string, Check>): Check =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([key, check]) => check(value[key]))

const pairs = list((value) => list(text)(value) && (value as unknown[]).length === 2)
const body = object({ text: optional(text), base64: optional(text) })
const error = object({ code: text, message: text })
const fetch = object({ url: text, method: text, redirect: text, headers: pairs, body })
const answer = object({ status: number, headers: pairs, body })

const shapes: Readonly<Record<FromBackend['type'], Check>> = {
  started: object({ undeclared: list(text) }),
  failed: object({ error }),
  answer: object({ call: number, value: anything }),
  threw: object({ call: number, error }),
  request: object({ question: number, permission: text }),
  fetch: object({ question: number, fetch }),
  log: object({ level: text, text }),
  crashed: object({ message: text }),
}

/** Whether what a process has sent has the shape of a message; what is in it is judged by whoever takes it. */
export function isMessage(value: unknown): value is FromBackend {
  return (
    isObject(value) && typeof value.type === 'string' && shapes[value.type as FromBackend['type']]?.(value) === true
  )
}

/** Whether the value of an answer is one that `routeResponse` can make a response of. */
export function isAnswer(value: unknown): value is { status: number; headers: [string, string][]; body: WireBody } {
  return answer(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
