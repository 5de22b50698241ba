import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Inspection, inspectPackage } from '../src/index.ts'
import { gzip, inChunks } from './build-archive.ts'
import { goodPackage } from './build-package.ts'
import { crookedArchives } from './crooked-archives.ts'

const good = goodPackage()
const goodTar = gunzipSync(good)
const inspect = (bytes: Uint8Array, chunk = 64 * 1024) => inspectPackage(inChunks(bytes, chunk))
/** Bytes that do not shrink, the same at each run. */
const noise = (bytes: number) => createHash('shake256', { outputLength: bytes }).digest()
const hasError = ({ findings }: Inspection) => findings.some((finding) => finding.severity === 'error')

/** Not even a plain gunzip sees a difference, so there is none to notice. */
function holdsTheSameTar(bytes: Uint8Array): boolean {
  try {
    return gunzipSync(bytes).equals(goodTar)
  } catch {
    return false
  }
}

test('random bytes are a finding, never an error or a hang', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
      expect(hasError(await inspect(bytes))).toBe(true)
    }),
  )
})

test('random bytes inside a sound gzip file are a finding too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
      expect(hasError(await inspect(gzip(bytes)))).toBe(true)
    }),
  )
})

test('a package that is cut anywhere is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: good.length - 1 }), async (length) => {
      expect(hasError(await inspect(good.subarray(0, length)))).toBe(true)
    }),
  )
})

test('a tar that is cut anywhere is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: goodTar.length - 1 }), async (length) => {
      expect(hasError(await inspect(gzip(goodTar.subarray(0, length))))).toBe(true)
    }),
  )
})

const flip = (bytes: Uint8Array, at: number, change: number) => {
  const flipped = Uint8Array.from(bytes)
  flipped[at] = (flipped[at] as number) ^ change
  return flipped
}

test('a flipped byte of a package is noticed, or it is one that no reader looks at', async () => {
  const { digest } = await inspect(good)
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const flipped = flip(good, at, change)
      const inspection = await inspect(flipped)
      expect(hasError(inspection)).toBe(!holdsTheSameTar(flipped))
      if (!hasError(inspection)) expect(inspection.digest).toBe(digest)
    }),
    { numRuns: 300 },
  )
})

test('a flipped byte of the tar changes the digest, whatever else it does', async () => {
  const { digest } = await inspect(good)
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: goodTar.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      expect((await inspect(gzip(flip(goodTar, at, change)))).digest).not.toBe(digest)
    }),
    { numRuns: 300 },
  )
})

test('whatever stands in a file, the inspection ends with an answer', async () => {
  const paths = ['manifest.json', 'README.md', 'CHANGELOG.md', 'sbom.cdx.json', 'assets/icon.svg', 'dist/bundle.js']
  const word = fc.constantFrom(
    '{',
    '}',
    '"a":',
    '[',
    '<svg',
    '<',
    '&#',
    '>',
    '## 1.0.0',
    '`',
    '\\u{',
    '//',
    '/*',
    '\n',
    '=>',
  )
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }).map((words) => Buffer.from(words.join(''))),
    fc.json().map((json) => Buffer.from(json)),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), content, async (path, bytes) => {
      const { digest, findings } = await inspect(goodPackage({ files: { [path]: bytes } }))
      expect(digest).toMatch(/^sha256-/)
      for (const { message } of findings) expect(message).not.toBe('')
    }),
    { numRuns: 300 },
  )
})

const noisy = goodPackage({ files: { 'assets/a.sh': 'x', 'assets/noise.bin': noise(60_000) } })

test('what was found before the end turned out to be missing is not told', async () => {
  expect((await inspect(noisy)).findings.map((finding) => finding.code)).toEqual(['archive-native-file'])
  const { findings, capabilities, readme, manifest, files } = await inspect(noisy.slice(0, -9), 1_000)
  expect(findings.map((finding) => finding.code)).toEqual(['archive-gzip-truncated'])
  expect({ capabilities, readme, manifest, files }).toEqual({ capabilities: { hosts: [], permissions: [] }, files: [] })
})

test('the chunks in which the bytes come make no difference', async () => {
  const small = crookedArchives.filter(
    ({ code }) => !['archive-too-large', 'archive-unpacked-too-large'].includes(code),
  )
  // Findings that are made while the files pass by must not show when the end turns out to be missing.
  const noisy = goodPackage({ files: { 'assets/a.sh': 'x', 'assets/noise.bin': noise(60_000) } })
  const packages = [
    good,
    noisy,
    noisy.slice(0, -9),
    ...small.map(({ bytes }) => bytes()).filter((bytes) => bytes.length < 20_000),
  ]
  const whole = await Promise.all(packages.map((bytes) => inspect(bytes)))
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: packages.length - 1 }), fc.integer({ min: 1, max: 2_000 }), async (index, chunk) => {
      expect(await inspect(packages[index] as Uint8Array, chunk)).toEqual(whole[index])
    }),
    {
      numRuns: 200,
      examples: [
        [0, 1],
        [2, 1_000],
        [2, 2_000],
      ],
    },
  )
})
