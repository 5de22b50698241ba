import { read, writeSync } from 'node:fs'
import { encodeFrame, FrameReader } from './frames.ts'
import type { FromBackend, ToBackend, WireError } from './messages.ts'

/** An error with one of the platform's codes. */
export class CodedError extends Error {
  readonly code: string

  constructor({ code, message }: WireError) {
    super(message)
    this.code = code
  }
}

type Distributed<T> = T extends { question: number } ? Omit<T, 'question'> : never
type Question = Distributed<FromBackend>

// The pipes are read and written by their numbers, because a stream would be an object whose methods a backend can
// change and so lay hands on it, and from its class there is a way to the network.
const input = 0
const output = 1

let limits = { frameBytes: Number.POSITIVE_INFINITY, questions: 0 }
let questions = 0
const open = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>()
/** What asks when another question has been answered. */
const waiting: (() => void)[] = []

/** @throws {CodedError} for a message that is longer than the platform takes. */
export function send(message: FromBackend): void {
  let rest = encodeFrame(message)
  if (rest.length > limits.frameBytes) {
    const text = `This takes ${rest.length} bytes as a message, and ${limits.frameBytes} may be sent.`
    throw new CodedError({ code: 'backend_answer_too_large', message: text })
  }
  while (rest.length > 0) rest = rest.subarray(writeSync(output, rest))
}

export function setLimits(given: typeof limits): void {
  limits = given
}

/** Asks the platform as soon as it may be asked, and rejects with its `CodedError`. */
export function ask(message: Question): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const begin = () => {
      const question = ++questions
      open.set(question, { resolve, reject })
      try {
        send({ ...message, question } as FromBackend)
      } catch (thrown) {
        open.delete(question)
        reject(thrown)
      }
    }
    if (open.size < limits.questions) begin()
    else waiting.push(begin)
  })
}

function settle({ question, value, error }: Extract<ToBackend, { type: 'answered' }>): void {
  const asked = open.get(question)
  open.delete(question)
  waiting.shift()?.()
  if (error) asked?.reject(new CodedError(error))
  else asked?.resolve(value)
}

/** Hands over what the platform says, until it is gone. */
export function listen(take: (message: Exclude<ToBackend, { type: 'answered' }>) => void, over: () => void): void {
  const reader = new FrameReader(Number.POSITIVE_INFINITY)
  const next = () => {
    read(input, Buffer.allocUnsafe(65_536), 0, 65_536, null, (error, length, chunk) => {
      if (error || length === 0) return over()
      for (const frame of reader.push(chunk.subarray(0, length))) {
        const message = frame as ToBackend
        if (message.type === 'answered') settle(message)
        else take(message)
      }
      next()
    })
  }
  next()
}
