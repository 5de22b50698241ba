import { expect, test } from 'vitest'
import { readArchive } from '../src/index.ts'
import { buildArchive, type CraftedEntry, inChunks, paxData, tarEntry } from './build-archive.ts'

const read = (...entries: (CraftedEntry | Uint8Array)[]) =>
  readArchive(inChunks(buildArchive(entries)), () => undefined)
const codes = async (reading: ReturnType<typeof read>) => (await reading).findings.map((finding) => finding.code)

test('with two sizes for one entry, nothing behind it is believed', async () => {
  const hidden = tarEntry({ path: '../evil.js' })
  const reading = await read(
    { path: 'PaxHeader', type: 'x', data: paxData({ size: '0' }) },
    { path: 'assets/a.bin', data: hidden },
    { path: 'assets/b.bin' },
  )
  expect(reading.findings.map((finding) => finding.code)).toEqual(['archive-pax-disagrees'])
  expect(reading.files).toEqual([])
  expect(reading.complete).toBe(false)
})

test('a header inside of a file is content', async () => {
  const reading = await read({ path: 'assets/a.tar', data: tarEntry({ path: '../evil.js' }) })
  expect(reading.findings).toEqual([])
  expect(reading.files.map((file) => file.path)).toEqual(['assets/a.tar'])
})

test('all problems are said at once, as far as there is no doubt where the next entry stands', async () => {
  const reading = read(
    { path: '/etc/passwd' },
    { path: 'assets/link', type: '2', link: '/' },
    { path: 'PaxHeader', type: 'x', data: paxData({ path: '../evil.js' }) },
    { path: 'assets/a.js' },
    { path: 'assets/a.js' },
    { path: 'assets/A.js' },
    { path: 'assets/pipe', type: '6' },
    { path: 'assets/a.js/b' },
  )
  expect(await codes(reading)).toEqual([
    'archive-path-absolute',
    'archive-symbolic-link',
    'archive-pax-disagrees',
    'archive-fifo',
    'archive-name-collision',
    'archive-file-and-folder',
  ])
  expect((await reading).complete).toBe(true)
})

test('an extension that says what the entry says itself is no problem', async () => {
  const path = `${'long/'.repeat(9)}${'name'.repeat(12)}.png`
  const extensions: CraftedEntry[] = [
    { path: 'PaxHeader', type: 'x', data: paxData({ path, size: '3', mtime: '1.5', comment: 'made elsewhere' }) },
    { path: '././@LongLink', type: 'L', data: `${path}\0` },
  ]
  const reading = await read(...extensions, { path, data: 'abc' })
  expect(reading.findings).toEqual([])
  expect(reading.files).toEqual([{ path, bytes: 3, integrity: expect.stringMatching(/^sha256-.{44}$/) }])
})

test('only sound files are offered, each with its bytes', async () => {
  const seen: Record<string, string> = {}
  const archive = buildArchive([
    { path: 'assets/a', data: 'hello' },
    { path: '../b', data: 'evil' },
    { path: 'assets/c' },
    { path: 'assets/d', type: '2', link: 'a' },
  ])
  await readArchive(inChunks(archive, 3), (path, bytes) => {
    let text = `${bytes}: `
    return {
      data: (chunk) => {
        text += chunk.toString()
      },
      end: () => {
        seen[path] = text
      },
    }
  })
  expect(seen).toEqual({ 'assets/a': '5: hello', 'assets/c': '0: ' })
})
