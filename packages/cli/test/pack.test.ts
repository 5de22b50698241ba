import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { readPackage, writePlugin } from './small-plugin.ts'

let machine: Machine
let count = 0
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

const place = () => join(machine.work, `plugin-${count++}`)
const pack = async (folder: string, ...args: string[]) => {
  const run = await machine.run(['pack', folder, '--json', ...args])
  return { ...run, answer: answerOf(run) }
}

test('a package is a plain ustar archive, sorted by bytes, without anything of the machine', async () => {
  const folder = await writePlugin(place(), {
    changes: { setup: 'docs/Setup.md' },
    files: {
      'docs/Setup.md': '# Set up\n',
      'assets/ä b.txt': 'umlaut',
      'assets/Z.txt': 'capital',
      'assets/deep/er/x.txt': 'deep',
      'assets/.hidden': 'hidden',
      'assets/Thumbs.db': 'litter',
      'notes.txt': 'not packed',
      'src/secret.env': 'not packed',
    },
  })
  const { status, answer } = await pack(folder)
  expect(status).toBe(0)
  const file = join(folder, 'small-plugin-1.2.3.tar.gz')
  expect(answer.file).toBe(file)
  const { entries, tar, gzip } = await readPackage(file)
  expect(entries.map(({ path }) => path)).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'assets/Z.txt',
    'assets/deep/er/x.txt',
    'assets/icon.svg',
    'assets/ä b.txt',
    'dist/bundle.js',
    'dist/bundle.js.map',
    'docs/Setup.md',
    'manifest.json',
    'sbom.cdx.json',
  ])
  for (const entry of entries) {
    expect(entry).toMatchObject({
      mode: 0o644,
      uid: 0,
      gid: 0,
      uname: '',
      type: 'File',
      mtime: Date.UTC(1985, 9, 26, 8, 15),
    })
  }
  expect(tar.length % 512).toBe(0)
  expect(answer.digest).toBe(`sha256-${createHash('sha256').update(tar).digest('hex')}`)
  // No time, no name, no operating system.
  expect(gzip.toString('hex', 0, 8)).toBe('1f8b080000000000')
  expect(gzip[9]).toBe(255)
  expect(answer).toMatchObject({ packedBytes: gzip.length, unpackedBytes: tar.length })
  expect(answer.files.map(({ path }: { path: string }) => path)).toEqual(entries.map(({ path }) => path))
})

test('the packed manifest names the built files and keeps everything else', async () => {
  const folder = await writePlugin(place(), { changes: { $schema: './schema.json', tags: ['one'] } })
  await pack(folder, '--version', '2.0.0-beta.1')
  const { entries } = await readPackage(join(folder, 'small-plugin-2.0.0-beta.1.tar.gz'))
  const manifest = JSON.parse(entries.find(({ path }) => path === 'manifest.json')?.content ?? '')
  expect(manifest).toMatchObject({
    id: 'small-plugin',
    version: '2.0.0-beta.1',
    tags: ['one'],
    frontend: { entry: 'dist/bundle.js' },
  })
  expect(manifest).not.toHaveProperty('$schema')
})

test('umask, times, order of writing, line ends and place do not change the bytes', async () => {
  const one = await writePlugin(place(), { files: { 'assets/a.bin': Buffer.from([13, 10, 0, 255]) } })
  const two = await writePlugin(join(machine.work, 'un autre dossier 🎈'))
  await writeFile(join(two, 'assets/a.bin'), Buffer.from([13, 10, 0, 255]))
  for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'src/index.tsx', 'manifest.json']) {
    const { readFile } = await import('node:fs/promises')
    const file = join(two, name)
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'))
    await chmod(file, 0o600)
    await utimes(file, 1, 1)
  }
  const link = place()
  await symlink(two, link)
  const [first, second, third] = [await pack(one), await pack(two), await pack(link, '--out', machine.work)]
  expect(second.answer.digest).toBe(first.answer.digest)
  expect(third.answer.digest).toBe(first.answer.digest)
  const files = [first, second, third].map(({ answer }) => answer.file)
  const [a, b, c] = await Promise.all(files.map(async (file) => (await readPackage(file)).gzip))
  expect(b?.equals(a as Buffer)).toBe(true)
  expect(c?.equals(a as Buffer)).toBe(true)
})

test('a large package is packed in several gzip members, and what does not shrink is stored', async () => {
  const noise = Buffer.alloc(3_000_000)
  for (let i = 0, x = 1; i < noise.length; i++) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
    noise[i] = x >>> 24
  }
  const words = 'so many words that shrink well\n'.repeat(60_000)
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), noise])
  const folder = await writePlugin(place(), { files: { 'assets/noise.png': png, 'assets/words.txt': words } })
  const { status, answer } = await pack(folder)
  expect(status).toBe(0)
  const { entries, tar, gzip } = await readPackage(answer.file)
  expect(entries.find(({ path }) => path === 'assets/words.txt')?.content).toBe(words)
  expect(answer.digest).toBe(`sha256-${createHash('sha256').update(tar).digest('hex')}`)
  expect(gzip.length).toBeGreaterThan(noise.length)
  expect(gzip.length).toBeLessThan(noise.length * 1.01 + 100_000)
})

test.each([
  { had: undefined, expected: '# Changelog\n\n## 1.2.3\n\nFaster.\n' },
  {
    had: '# Changes\n\nAll of them.\n\n## [1.2.2] - 2026-01-01\n\nOld.\n',
    expected: '# Changes\n\nAll of them.\n\n## [1.2.3]\n\nFaster.\n\n## [1.2.2] - 2026-01-01\n\nOld.\n',
  },
  { had: '# Changelog\r\n\r\n## 1.2.3\r\n\r\nSlower.\r\n', expected: '# Changelog\n\n## 1.2.3\n\nSlower.\n' },
])('--changelog stands in for a missing section of $had', async ({ had, expected }) => {
  const folder = await writePlugin(place(), { files: { 'CHANGELOG.md': had } })
  const { answer } = await pack(folder, '--changelog', 'Faster.')
  const { entries } = await readPackage(answer.file)
  expect(entries.find(({ path }) => path === 'CHANGELOG.md')?.content).toBe(expected)
})

test('names are packed under their proper case', async () => {
  const folder = await writePlugin(place(), {
    files: { 'README.md': undefined, 'readme.md': '# Small plugin\n\nIn small letters, and long enough to be read.\n' },
  })
  const { answer } = await pack(folder)
  expect(answer.files.map(({ path }: { path: string }) => path)).toContain('README.md')
})

test('what cannot be packed is said before anything is written', async () => {
  const folder = await writePlugin(place())
  const long = `assets/${'n'.repeat(120)}.txt`
  await writeFile(join(folder, long), 'long')
  await symlink('icon.svg', join(folder, 'assets/link.svg'))
  await symlink('.', join(folder, 'assets/circle'))
  const { status, answer } = await pack(folder)
  expect(status).toBe(3)
  expect(answer.error.findings.map(({ code, path }: { code: string; path: string }) => [code, path])).toEqual([
    ['plugin-asset-link', 'assets/circle'],
    ['plugin-asset-link', 'assets/link.svg'],
    ['plugin-path-too-long', long],
  ])
  expect((await readdir(folder)).filter((name) => name.includes('tar'))).toEqual([])
})

test('too many files are counted, not read', async () => {
  const folder = await writePlugin(place())
  await mkdir(join(folder, 'assets/many'))
  await Promise.all(Array.from({ length: 5_001 }, (_, i) => writeFile(join(folder, `assets/many/${i}.txt`), '')))
  const { status, answer } = await pack(folder)
  expect(status).toBe(3)
  expect(answer.error.findings).toMatchObject([{ code: 'plugin-too-large' }])
})

test('a package that the registry would refuse is not written', async () => {
  const folder = await writePlugin(place(), {
    files: { 'src/words.ts': "export const words = String(eval('1 + 1'))\n" },
  })
  const { status, answer } = await pack(folder)
  expect(status).toBe(3)
  expect(answer.error.code).toBe('package_refused')
  expect((await readdir(folder)).filter((name) => name.includes('tar'))).toEqual([])
})
