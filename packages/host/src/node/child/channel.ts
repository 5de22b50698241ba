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

let frameBytes = Number.POSITIVE_INFINITY
let questions = 0
const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>()

/** @throws {CodedError} for a message that is longer than the platform takes. */
export function send(message: FromBackend): void {
  let rest = encodeFrame(message)
  if (rest.length > frameBytes) {
    const text = `This takes ${rest.length} bytes as a message, and ${frameBytes} may be sent.`
    throw new CodedError({ code: 'backend_answer_too_large', message: text })
  }
  while (rest.length > 0) rest = rest.subarray(writeSync(output, rest))
}

export function limitFrames(bytes: number): void {
  frameBytes = bytes
}

/** Asks the platform, and rejects with its `CodedError`. */
export function ask(message: Question): Promise<unknown> {
  const question = ++questions
  return new Promise((resolve, reject) => {
    send({ ...message, question } as FromBackend)
    waiting.set(question, { resolve, reject })
  })
}

function settle({ question, value, error }: Extract<ToBackend, { type: 'answered' }>): void {
  const asked = waiting.get(question)
  waiting.delete(question)
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
