import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { create, list, type ReadEntry } from 'tar'
import { describe, expect, test } from 'vitest'
import { inspectPackage, readArchive } from '../src/index.ts'
import { gzip, inChunks, joinBytes } from './build-archive.ts'
import { goodFiles, goodManifest, goodPackage } from './build-package.ts'

const inspect = (bytes: Uint8Array) => inspectPackage(inChunks(bytes))
const sha256 = (bytes: Uint8Array, encoding: 'hex' | 'base64') => createHash('sha256').update(bytes).digest(encoding)

describe('a good package', () => {
  test('has no finding and the full quality', async () => {
    const { findings, quality } = await inspect(goodPackage())
    expect(findings).toEqual([])
    expect(quality.score).toBe(quality.outOf)
  })

  test('is known by the digest of its tar and the integrity of each file', async () => {
    const bytes = goodPackage()
    const tar = gunzipSync(bytes)
    const inspection = await inspect(bytes)
    expect(inspection).toMatchObject({
      digest: `sha256-${sha256(tar, 'hex')}`,
      packedBytes: bytes.length,
      unpackedBytes: tar.length,
    })
    const expected = Object.entries(goodFiles()).map(([path, content]) => ({
      path,
      bytes: Buffer.byteLength(content),
      integrity: `sha256-${sha256(Buffer.from(content), 'base64')}`,
    }))
    expect(inspection.files).toEqual(expected.sort((a, b) => (a.path < b.path ? -1 : 1)))
  })

  test('tells what is in it', async () => {
    const inspection = await inspect(goodPackage())
    expect(inspection.manifest).toEqual(goodManifest)
    expect(inspection.readme).toBe(goodFiles()['README.md'])
    expect(inspection.changelog).toContain('The card counts orders')
    expect(inspection.dependencies).toEqual([{ name: 'clsx', version: '2.1.1' }])
    expect(inspection.capabilities).toEqual({ hosts: ['api.example.com'], permissions: ['orders:read'] })
  })

  test('may come in several gzip members', async () => {
    const tar = gunzipSync(goodPackage())
    const cut = 3_000
    const members = joinBytes(gzip(tar.subarray(0, cut)), gzip(new Uint8Array()), gzip(tar.subarray(cut)))
    const inspection = await inspect(members)
    expect(inspection.findings).toEqual([])
    expect(inspection.digest).toBe((await inspect(goodPackage())).digest)
  })

  test('may be filled up with zero blocks, which belong to its digest', async () => {
    const filled = await inspect(gzip(joinBytes(gunzipSync(goodPackage()), new Uint8Array(10_240))))
    expect(filled.findings).toEqual([])
    expect(filled.digest).not.toBe((await inspect(goodPackage())).digest)
  })

  test('looks to the tar that most people use as it looks here', async () => {
    const seen: { path: string; bytes: number }[] = []
    const parser = list({ onReadEntry: (entry: ReadEntry) => seen.push({ path: entry.path, bytes: entry.size }) })
    await new Promise((resolve) => parser.on('end', resolve).end(Buffer.from(goodPackage())))
    const { files } = await inspect(goodPackage())
    expect(seen).toEqual(files.map(({ path, bytes }) => ({ path, bytes })))
  })
})

test('files with the names of object members are files like any others', async () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf']
  const files = Object.fromEntries(names.map((name) => [name, 'x']))
  const { findings } = await inspect(goodPackage({ files }))
  expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(
    names.sort().map((name) => `archive-unexpected-file ${name}`),
  )
})

test('a package that another tool wrote, with long and foreign names, is read like our own', async () => {
  const { mkdtempSync, mkdirSync, rmSync, writeFileSync } = await import('node:fs')
  const folder = mkdtempSync('/tmp/plexica-inspect-')
  try {
    const long = `assets/${'long-name-'.repeat(8)}/${'of-a-picture-'.repeat(7)}.png`
    const files = { ...goodFiles(), 'assets/größe.png': 'x', [long]: 'y' }
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(`${folder}/${path.slice(0, path.lastIndexOf('/') + 1)}`, { recursive: true })
      writeFileSync(`${folder}/${path}`, content)
    }
    const packed = create({ cwd: folder, portable: true, gzip: true }, Object.keys(files))
    const { findings, files: seen } = await inspectPackage(packed as unknown as AsyncIterable<Uint8Array>)
    expect(findings.filter((finding) => finding.code.startsWith('archive-'))).toEqual([])
    expect(seen.map((file) => file.path).sort()).toEqual(Object.keys(files).sort())
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('an error of our own while a file is read is not taken for a fault of the package', async () => {
  const source = inChunks(goodPackage())
  const reading = readArchive(source, () => {
    throw new TypeError('a rule is broken')
  })
  await expect(reading).rejects.toThrow('a rule is broken')
  expect(await source.next()).toMatchObject({ done: true })
})

describe('the source', () => {
  test('that fails is the only thing that rejects', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield goodPackage().subarray(0, 500)
      throw new Error('connection lost')
    }
    await expect(inspectPackage(broken())).rejects.toThrow('connection lost')
    const stream = new Readable({ read() {} })
    stream.push(goodPackage().subarray(0, 500))
    setImmediate(() => stream.destroy(new Error('cable pulled')))
    await expect(inspectPackage(stream)).rejects.toThrow('cable pulled')
  })

  test('is closed where reading stops', async () => {
    let given = 0
    let closed = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        const member = gzipSync(Buffer.alloc(1024 * 1024))
        while (true) {
          given += member.length
          yield member
        }
      } finally {
        closed = true
      }
    }
    const { findings, files } = await inspectPackage(endless())
    expect(findings.map((finding) => finding.code)).toEqual(['archive-unpacked-too-large'])
    expect(files).toEqual([])
    expect(closed).toBe(true)
    expect(given).toBeLessThan(300_000)
  })

  test('may use one buffer for all its chunks', async () => {
    const bytes = goodPackage()
    async function* reusing(): AsyncGenerator<Uint8Array> {
      const buffer = new Uint8Array(700)
      for (let at = 0; at < bytes.length; at += buffer.length) {
        const length = Math.min(buffer.length, bytes.length - at)
        buffer.set(bytes.subarray(at, at + length))
        yield buffer.subarray(0, length)
      }
    }
    expect(await inspectPackage(reusing())).toEqual(await inspect(bytes))
  })
})
