import { expect, test } from 'vitest'
import { encodeFrame, FrameReader } from './frames.ts'

const messages = [{ a: 1 }, [], 'text with “quotes” and \u0000', null, { long: 'x'.repeat(3_000) }]
const bytes = Buffer.concat(messages.map(encodeFrame))

test.each([1, 2, 3, 5, 64, 1_000, bytes.length])('messages come out whole from pieces of %d bytes', (size) => {
  const reader = new FrameReader(10_000)
  const read: unknown[] = []
  for (let at = 0; at < bytes.length; at += size) read.push(...reader.push(bytes.subarray(at, at + size)))
  expect(read).toEqual(messages)
})

test('a message that claims to be too long is refused before it is there', () => {
  const header = Buffer.alloc(4)
  header.writeUInt32BE(10_001)
  expect(() => [...new FrameReader(10_000).push(header)]).toThrow('a message of 10001 bytes')
})

test('what is no JSON is refused', () => {
  const frame = Buffer.concat([Buffer.from([0, 0, 0, 1]), Buffer.from('{')])
  expect(() => [...new FrameReader(10).push(frame)]).toThrow(SyntaxError)
})
