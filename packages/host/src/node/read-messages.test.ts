import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { channelBudget } from './backend-limits.ts'
import { encodeFrame } from './child/frames.ts'
import { readMessages } from './read-messages.ts'

function reading(longest = 1_000) {
  const stream = new PassThrough()
  const taken: unknown[] = []
  const refused: string[] = []
  const take = (message: unknown) => taken.push(message)
  const { drain } = readMessages(stream, longest, { take, refused: (why) => refused.push(why) })
  return { stream, taken, refused, drain }
}

/** When everything that was written has been read. */
const read = () => new Promise((resolve) => setImmediate(resolve))

const log = { type: 'log', level: 'info', text: 'x' }

test('what is a message is taken', async () => {
  const { stream, taken, refused } = reading()
  stream.write(encodeFrame(log))
  await read()
  expect([taken, refused]).toEqual([[log], []])
})

test.each([
  ['null', null],
  ['a type that there is none of', { type: 'constructor' }],
  ['an answer without its call', { type: 'answer', value: 1 }],
  ['a question that is no number', { type: 'request', question: '1', permission: 'orders:read' }],
  [
    'a header without its value',
    { type: 'fetch', question: 1, fetch: { url: '', method: '', redirect: '', headers: [['a']], body: {} } },
  ],
  ['an error that is none', { type: 'failed', error: 'no' }],
  ['what is too long', { ...log, text: 'x'.repeat(1_000) }],
])('%s is refused, and nothing behind it is taken', async (_, message) => {
  const { stream, taken, refused } = reading()
  stream.write(encodeFrame(message))
  stream.write(encodeFrame(log))
  await read()
  expect(taken).toEqual([])
  expect(refused).toHaveLength(1)
})

test('who says too much waits, and is read to the end when its process is gone', async () => {
  const { stream, taken, drain } = reading()
  const all = channelBudget.messages * 2
  for (let message = 0; message < all; message++) stream.write(encodeFrame(log))
  await read()
  expect(stream.isPaused()).toBe(true)
  expect(taken.length).toBeLessThan(all)
  stream.end()
  drain()
  await new Promise((resolve) => stream.once('end', resolve))
  expect(taken).toHaveLength(all)
})
