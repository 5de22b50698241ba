import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { buildApp } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type BlobInfo, type BlobStore, BlobStoreFull, BlobStoreUnavailable } from '../src/blobs/blob-store.ts'
import { openBlobs } from '../src/blobs/open-blobs.ts'
import type { StorageLocation } from '../src/config.ts'

const folder = await mkdtemp(join(tmpdir(), 'plexica-blobs-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function all(blobs: AsyncIterable<BlobInfo>): Promise<BlobInfo[]> {
  const list = []
  for await (const blob of blobs) list.push(blob)
  return list
}

/** What every store promises. `store` is opened before the first test. */
function keepsTheContract(store: () => BlobStore): void {
  const prefix = `test-${randomUUID()}/`
  const read = async (key: string, range?: { start: number; end: number }) => {
    const found = await store().get(key, range)
    return found && { bytes: found.bytes, content: await buffer(found.body) }
  }

  test('gives back what was put, from bytes and from a file', async () => {
    const content = randomBytes(300_000)
    const file = join(folder, randomUUID())
    await writeFile(file, content)
    await store().putBytes(`${prefix}bytes.bin`, content)
    await store().putFile(`${prefix}deep/er/file.bin`, file)
    await rm(file)
    expect(await read(`${prefix}bytes.bin`)).toEqual({ bytes: content.length, content })
    expect(await read(`${prefix}deep/er/file.bin`)).toEqual({ bytes: content.length, content })
    expect(await store().info(`${prefix}bytes.bin`)).toMatchObject({ key: `${prefix}bytes.bin`, bytes: content.length })
  })

  test('keeps empty blobs', async () => {
    await store().putBytes(`${prefix}empty`, new Uint8Array())
    expect(await read(`${prefix}empty`)).toEqual({ bytes: 0, content: Buffer.alloc(0) })
  })

  test('puts again under a key that is there', async () => {
    const file = join(folder, randomUUID())
    await writeFile(file, 'second')
    await store().putBytes(`${prefix}again`, Buffer.from('first'))
    await store().putFile(`${prefix}again`, file)
    await store().putFile(`${prefix}again`, file)
    expect((await read(`${prefix}again`))?.content.toString()).toBe('second')
  })

  test('gives ranges, as far as there are bytes', async () => {
    await store().putBytes(`${prefix}range`, Buffer.from('0123456789'))
    const texts = await Promise.all(
      [
        { start: 0, end: 0 },
        { start: 2, end: 5 },
        { start: 8, end: 99 },
        { start: 10, end: 11 },
      ].map(async (range) => (await read(`${prefix}range`, range))?.content.toString()),
    )
    expect(texts).toEqual(['0', '2345', '89', ''])
  })

  test('has nothing where nothing was put', async () => {
    await store().putBytes(`${prefix}folder/file`, Buffer.from('x'))
    for (const key of [`${prefix}missing`, `${prefix}folder`, `${prefix}folder/file/below`]) {
      expect(await store().get(key)).toBeUndefined()
      expect(await store().info(key)).toBeUndefined()
    }
  })

  test('deletes, also what is not there', async () => {
    await store().putBytes(`${prefix}gone`, Buffer.from('x'))
    await store().delete(`${prefix}gone`)
    await store().delete(`${prefix}gone`)
    expect(await store().info(`${prefix}gone`)).toBeUndefined()
  })

  test('keeps names that are awkward in paths and addresses', async () => {
    for (const name of ['a b+c.js', 'ü@1(2)!.svg', 'a%2e.css', "it's.png", '.hidden']) {
      await store().putBytes(`${prefix}names/${name}`, Buffer.from(name))
      expect((await read(`${prefix}names/${name}`))?.content.toString()).toBe(name)
    }
  })

  test('lists every blob under a prefix, over many pages', async () => {
    const keys = Array.from({ length: 1_100 }, (_, index) => `${prefix}list/${index % 7}/${index}`)
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(keys.slice(at, at + 50).map((key) => store().putBytes(key, Buffer.from('xyz'))))
    }
    await store().putBytes(`${prefix}lis`, Buffer.from('other'))
    const listed = await all(store().list(`${prefix}list/`))
    expect(listed.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
    expect(listed.every(({ bytes }) => bytes === 3)).toBe(true)
    expect(Math.abs(Date.now() - (listed[0]?.modifiedAt.getTime() ?? 0))).toBeLessThan(120_000)
    const one = await all(store().list(`${prefix}list/3/3`))
    expect(one.map(({ key }) => key)).toContain(`${prefix}list/3/3`)
    expect(await all(store().list(`${prefix}nothing/`))).toEqual([])
  }, 60_000)

  test('refuses keys that no store could keep in its place', async () => {
    const wrong = ['', '/etc/passwd', '../evil', 'a/../../evil', 'a//b', 'a/./b', 'a\\..\\b', '.staging/x', 'a\0b']
    for (const key of [...wrong, `a/${'x'.repeat(1_000)}`]) {
      await expect(store().putBytes(key, Buffer.from('x'))).rejects.toThrow(TypeError)
      await expect(store().get(key)).rejects.toThrow(TypeError)
      await expect(store().info(key)).rejects.toThrow(TypeError)
      await expect(store().delete(key)).rejects.toThrow(TypeError)
    }
  })

  test('shows a blob whole or not at all, whoever reads while it is written', async () => {
    const contents = [1, 2].map((fill) => Buffer.alloc(2_000_000, fill))
    const seen = new Set<string>()
    const writing = (async () => {
      for (let i = 0; i < 6; i++) await store().putBytes(`${prefix}busy`, contents[i % 2] as Buffer)
    })()
    const over = writing.then(() => true)
    while (!(await Promise.race([over, new Promise<false>((resolve) => setTimeout(resolve, 5, false))]))) {
      const found = await read(`${prefix}busy`)
      if (found) seen.add(`${found.content.length} ${new Set(found.content).size}`)
    }
    expect([...seen].filter((what) => what !== '2000000 1')).toEqual([])
  })

  test('can be checked', async () => {
    await expect(store().check()).resolves.toBeUndefined()
  })
}

describe('disk', () => {
  let store: BlobStore
  const path = join(folder, 'blobs')
  beforeAll(async () => {
    store = await openBlobs({ kind: 'disk', folder: path })
  })

  keepsTheContract(() => store)

  test('leaves nothing unfinished behind', async () => {
    expect(await readdir(join(path, '.staging'))).toEqual([])
  })

  test('copies a file that lies in another file system', async () => {
    const file = join('/dev/shm', `plexica-${randomUUID()}`)
    await writeFile(file, 'from afar')
    await store.putFile('afar', file)
    await rm(file)
    const found = await store.get('afar')
    expect(found && (await text(found.body))).toBe('from afar')
  })

  test('says that it is full, and keeps neither the blob nor a part of it', async () => {
    // A limit on the size of files gives this process what a full disk would.
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
    limit('100000')
    try {
      await expect(store.putBytes('full', Buffer.alloc(200_000))).rejects.toThrow(BlobStoreFull)
    } finally {
      limit('unlimited')
    }
    expect(await store.info('full')).toBeUndefined()
    expect(await readdir(join(path, '.staging'))).toEqual([])
    await store.putBytes('full', Buffer.alloc(200_000))
    expect((await store.info('full'))?.bytes).toBe(200_000)
  })

  test('says that it is unavailable when its folder is no folder', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    await expect(openBlobs({ kind: 'disk', folder: file })).rejects.toThrow(BlobStoreUnavailable)
    const other = join(folder, 'broken')
    const broken = await openBlobs({ kind: 'disk', folder: other })
    await rm(other, { recursive: true })
    await writeFile(other, '')
    await expect(broken.putBytes('a', Buffer.from('x'))).rejects.toThrow(BlobStoreUnavailable)
    await expect(broken.check()).rejects.toThrow(BlobStoreUnavailable)
  })
})

type S3Location = Extract<StorageLocation, { kind: 's3' }>

function giveCredentials(id: string | undefined, secret: string | undefined): void {
  process.env.AWS_ACCESS_KEY_ID = id
  process.env.AWS_SECRET_ACCESS_KEY = secret
}

describe('S3, a server in this process', () => {
  const startServer = async () => {
    const server = buildApp({ logger: false })
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    await fetch(`${url}/plexica`, { method: 'PUT' })
    return { url, stop: () => server.close() }
  }
  let server: Awaited<ReturnType<typeof startServer>>
  let store: BlobStore
  let location: S3Location
  const locationOf = ({ url }: { url: string }): S3Location => ({
    kind: 's3',
    bucket: 'plexica',
    endpoint: url,
    region: 'us-east-1',
  })
  beforeAll(async () => {
    giveCredentials('test', 'test')
    server = await startServer()
    location = locationOf(server)
    store = await openBlobs(location)
  })
  afterAll(() => server.stop())

  keepsTheContract(() => store)

  test('says that it is unavailable when there is no such bucket', async () => {
    await expect(openBlobs({ ...location, bucket: 'other' })).rejects.toThrow(BlobStoreUnavailable)
  })

  test('says that it is unavailable when nobody answers', async () => {
    const other = await startServer()
    const lost = await openBlobs(locationOf(other))
    await other.stop()
    await expect(lost.putBytes('a', Buffer.from('x'))).rejects.toThrow(BlobStoreUnavailable)
    await expect(lost.get('a')).rejects.toThrow(BlobStoreUnavailable)
    await expect(lost.info('a')).rejects.toThrow(BlobStoreUnavailable)
    await expect(lost.delete('a')).rejects.toThrow(BlobStoreUnavailable)
    await expect(all(lost.list('a'))).rejects.toThrow(BlobStoreUnavailable)
    await expect(lost.check()).rejects.toThrow(BlobStoreUnavailable)
  }, 60_000)
})

describe('S3, a server that fails', () => {
  interface Seen {
    headers: IncomingHttpHeaders
    body: Buffer
  }
  /** Answers each PUT and GET as the test says, and a store that talks to it. */
  async function troubled(answers: ((response: ServerResponse) => void)[]) {
    const seen: Seen[] = []
    const server = createServer(async (request, response) => {
      const body = await buffer(request)
      if (request.method === 'HEAD') return void response.end()
      seen.push({ headers: request.headers, body })
      const answer = answers.shift()
      if (answer) answer(response)
      else response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    giveCredentials('test', 'test')
    const { port } = server.address() as AddressInfo
    const store = await openBlobs({
      kind: 's3',
      bucket: 'plexica',
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
    })
    return { store, seen }
  }
  const refuse = (status: number, code: string) => (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`)

  test('gets the whole blob again, each time with its length and its hashes', async () => {
    const { store, seen } = await troubled([refuse(503, 'SlowDown'), (response) => response.destroy()])
    const content = randomBytes(200_000)
    const file = join(folder, randomUUID())
    await writeFile(file, content)
    await store.putFile('again', file)
    expect(seen.length).toBe(3)
    for (const { headers, body } of seen) {
      expect(body.equals(content)).toBe(true)
      expect(headers).toMatchObject({
        'content-length': '200000',
        'content-md5': createHash('md5').update(content).digest('base64'),
        'x-amz-checksum-sha256': createHash('sha256').update(content).digest('base64'),
      })
      expect(headers['transfer-encoding'] ?? headers['content-encoding']).toBeUndefined()
    }
  })

  test('is given up after three attempts', async () => {
    const { store, seen } = await troubled(Array.from({ length: 9 }, () => refuse(500, 'InternalError')))
    await expect(store.putBytes('never', Buffer.from('x'))).rejects.toThrow(BlobStoreUnavailable)
    expect(seen.length).toBe(3)
  })

  test('is not asked again when it refuses for good', async () => {
    const { store, seen } = await troubled([refuse(403, 'AccessDenied'), refuse(507, 'QuotaExceeded')])
    await expect(store.putBytes('denied', Buffer.from('x'))).rejects.toThrow(BlobStoreUnavailable)
    await expect(store.putBytes('full', Buffer.from('x'))).rejects.toThrow(BlobStoreFull)
    expect(seen.length).toBe(2)
  })

  test('that breaks off in the middle of a blob is unavailable, and the blob does not end there', async () => {
    const { store } = await troubled([
      (response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('half')
        setTimeout(() => response.destroy(), 20)
      },
    ])
    const found = await store.get('half')
    await expect(buffer(found?.body ?? Readable.from([]))).rejects.toThrow(BlobStoreUnavailable)
  })
})

// A real server, where the environment names one: `pnpm test:s3`.
const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = process.env
if (S3_ENDPOINT && S3_BUCKET) {
  describe(`S3, the server at ${S3_ENDPOINT}`, () => {
    const location: S3Location = {
      kind: 's3',
      bucket: S3_BUCKET,
      endpoint: S3_ENDPOINT,
      region: S3_REGION ?? 'us-east-1',
    }
    let store: BlobStore
    beforeAll(async () => {
      giveCredentials(S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY)
      store = await openBlobs(location)
    })

    keepsTheContract(() => store)

    test('says that it is unavailable when the secret is wrong', async () => {
      giveCredentials(S3_ACCESS_KEY_ID, 'wrong')
      await expect(openBlobs(location)).rejects.toThrow(BlobStoreUnavailable)
      giveCredentials(S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY)
    })

    test('says that it is unavailable when there is no such bucket', async () => {
      await expect(openBlobs({ ...location, bucket: `no-${randomUUID()}` })).rejects.toThrow(BlobStoreUnavailable)
    })
  })
}
