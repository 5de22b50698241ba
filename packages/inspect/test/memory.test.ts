import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goodPackage } from './build-package.ts'

const MB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'plexica-memory-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Bytes that do not shrink, the same at each run. */
function noise(bytes: number, seed: number): Uint8Array {
  return createHash('shake256', { outputLength: bytes }).update(String(seed)).digest()
}

function largePackage(megabytes: number): Uint8Array {
  const pictures = Array.from({ length: megabytes }, (_, index) => [`assets/${index}.bin`, noise(MB, index)] as const)
  const map = JSON.stringify({ version: 3, sources: [], names: [], mappings: 'AAAA;'.repeat(2 * MB) })
  return goodPackage({ files: { ...Object.fromEntries(pictures), 'dist/bundle.js.map': map } })
}

beforeAll(() => {
  for (const megabytes of [20, 45]) writeFileSync(join(folder, `${megabytes}.tar.gz`), largePackage(megabytes))
})

test.each([
  [20, 15],
  [45, 15],
])('a package of %d MB takes less than %d MB of memory', async (megabytes, allowed) => {
  const script = join(import.meta.dirname, 'measure-memory.ts')
  const path = join(folder, `${megabytes}.tar.gz`)
  const { stdout } = await promisify(execFile)(process.execPath, [script, path])
  const { grown, milliseconds, packedBytes, findings } = JSON.parse(stdout)
  console.log(`${megabytes} MB package: grew by ${(grown / MB).toFixed(1)} MB, ${milliseconds} ms`)
  expect(findings).toEqual([])
  expect(packedBytes).toBeGreaterThan(megabytes * MB)
  expect(grown).toBeLessThan(allowed * MB)
})
