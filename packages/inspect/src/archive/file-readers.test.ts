import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHead, readPieces, readTogether, readWhole } from './file-readers.ts'
import type { FileReader } from './tar-walker.ts'

function feed(reader: FileReader, content: Buffer, chunk: number): void {
  for (let at = 0; at < content.length; at += chunk) reader.data(content.subarray(at, at + chunk))
  reader.end()
}

test('the head and the whole of a file, in whatever chunks it comes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 400 }), (bytes, chunk) => {
      const content = Buffer.from(bytes)
      const taken: Buffer[] = []
      const take = (part: Buffer) => taken.push(Buffer.from(part))
      feed(readTogether([readHead(10, take), readWhole(content.length, take)]), content, chunk)
      expect(taken).toEqual([content.subarray(0, 10), content])
    }),
  )
})

function pieces(text: string, chunk: number): [piece: string, linesBefore: number][] {
  const found: [string, number][] = []
  feed(
    readPieces((piece, linesBefore) => found.push([piece, linesBefore])),
    Buffer.from(text),
    chunk,
  )
  return found
}

test('a small text is one piece', () => {
  expect(pieces('one\ntwo', 2)).toEqual([['one\ntwo', 0]])
  expect(pieces('', 2)).toEqual([['', 0]])
})

test('a large text comes in pieces that overlap, know their lines and do not depend on the chunks', () => {
  const text = Array.from({ length: 60_000 }, (_, line) => `line ${line + 1} äöü`).join('\n')
  const found = pieces(text, 65_536)
  expect(found.length).toBeGreaterThan(3)
  expect(pieces(text, 999)).toEqual(found)
  for (const [piece, linesBefore] of found) {
    const whole = piece.split('\n').findIndex((line, index) => index > 0 && line.startsWith('line '))
    expect(piece.split('\n')[whole]).toBe(`line ${linesBefore + whole + 1} äöü`)
  }
  let rebuilt = ''
  for (const [piece] of found) rebuilt += rebuilt === '' ? piece : piece.slice(4 * 1024)
  expect(rebuilt).toBe(text)
})
