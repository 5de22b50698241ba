import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { guardedStream } from './guarded-stream.ts'

const source = () => createReadStream(import.meta.filename)

test.each(['before it is read', 'while it is read'])('a stream that is given up %s closes its source', async (when) => {
  const file = source()
  const stream = guardedStream(file, () => new Error('unused'))
  if (when === 'while it is read') await once(stream, 'readable')
  const closed = new Promise<void>((resolve) => file.once('close', () => resolve()))
  stream.destroy()
  await closed
  expect(file.destroyed).toBe(true)
})

test('it has the bytes of its source, and the store’s words for a failure', async () => {
  expect((await buffer(guardedStream(source(), () => new Error('unused')))).toString()).toContain('guardedStream')
  const missing = createReadStream(`${import.meta.filename}.missing`)
  await expect(buffer(guardedStream(missing, () => new Error('It is not there.')))).rejects.toThrow('It is not there.')
})
