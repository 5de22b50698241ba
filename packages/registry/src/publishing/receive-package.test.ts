import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { BlobStoreUnavailable } from '../blobs/blob-store.ts'
import { receivePackage } from './receive-package.ts'

const folder = await mkdtemp(join(tmpdir(), 'plexica-receive-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(async () => {
  vi.useRealTimers()
  expect(await readdir(folder)).toEqual([])
})

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

test('hands over a file with the bytes and their hash, and removes it', async () => {
  const content = await receivePackage(
    chunks('one ', 'two'),
    { folder, contentLength: undefined },
    async (received) => {
      expect(received).toMatchObject({ bytes: 7, sha256: createHash('sha256').update('one two').digest('hex') })
      return readFile(received.path, 'utf8')
    },
  )
  expect(content).toBe('one two')
})

test('removes the file when its use fails', async () => {
  const failing = receivePackage(chunks('x'), { folder, contentLength: 1 }, async () => {
    throw new Error('use')
  })
  await expect(failing).rejects.toThrow('use')
})

test.each([
  ['less', 3],
  ['more', 1],
])('refuses %s than was announced', async (_name, contentLength) => {
  const use = vi.fn()
  const call = receivePackage(chunks('ab'), { folder, contentLength }, use)
  await expect(call).rejects.toMatchObject({ code: 'body_incomplete' })
  expect(use).not.toHaveBeenCalled()
})

test('gives up a body that stops coming', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  async function* stalling(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a')
    await new Promise(() => {})
  }
  const call = receivePackage(stalling(), { folder, contentLength: undefined }, async () => 'never')
  const refused = expect(call).rejects.toMatchObject({ code: 'body_incomplete', message: 'The body stopped coming.' })
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
  await vi.advanceTimersByTimeAsync(31_000)
  await refused
})

test('a body that breaks off is incomplete, whatever its error says', async () => {
  async function* breaking(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('a')
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
  }
  const call = receivePackage(breaking(), { folder, contentLength: undefined }, async () => 'never')
  await expect(call).rejects.toMatchObject({ code: 'body_incomplete' })
})

test('a folder that cannot be written to is the storage’s fault', async () => {
  const file = join(tmpdir(), `plexica-receive-file-${process.pid}`)
  await writeFile(file, '')
  const call = receivePackage(chunks('x'), { folder: join(file, 'below'), contentLength: 1 }, async () => 'never')
  await expect(call).rejects.toThrow(BlobStoreUnavailable)
  await rm(file)
})
