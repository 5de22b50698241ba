import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { PreflightAnswer } from '@plexica/api'
import { inspectRules } from '@plexica/inspect'
import { limits } from '@plexica/manifest-schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goodManifest, goodPackage, type PackageOverrides } from '../../inspect/test/build-package.ts'
import { hostileArchives } from '../../inspect/test/hostile-archives.ts'
import { sendPackage, storedIn } from './send-package.ts'
import { type Person, startTestRegistry, type TestRegistry } from './test-registry.ts'

let registry: TestRegistry
let ann: Person
let bob: Person
let sue: Person

beforeAll(async () => {
  registry = await startTestRegistry()
  ann = await registry.person('ann', 'publisher')
  bob = await registry.person('bob', 'publisher')
  sue = await registry.person('sue', 'super-admin')
})
afterAll(() => registry.stop())

let count = 0
/** A good package under an id of its own. */
function freshPackage(manifest: NonNullable<PackageOverrides['manifest']> = {}, text = ''): Uint8Array {
  const id = manifest.id ?? freshId()
  return goodPackage({ manifest: { ...manifest, id }, files: text ? { 'assets/note.txt': text } : {} })
}
const freshId = () => `plugin-${++count}`

const approve = (id: string, version: string, digest: string) =>
  sue.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
const reject = (id: string, version: string, digest: string) =>
  sue.client.rejectVersion({ params: { pluginId: id }, body: { version, digest, reason: 'Not like this.' } })

/** What the sending must leave as it was. */
async function expectNothingStored(send: () => Promise<unknown>): Promise<void> {
  const before = await storedIn(registry)
  await send()
  expect(await storedIn(registry)).toEqual(before)
}

describe('publishing', () => {
  test('answers with the submission, its place in the queue and where to look', async () => {
    const id = freshId()
    const sent = await sendPackage(registry, ann, freshPackage({ id }))
    expect(sent.status).toBe(201)
    expect(sent.answer).toMatchObject({ id, version: '1.0.0', status: 'pending_review', created: true, findings: [] })
    expect(sent.answer.digest).toMatch(/^sha256-[0-9a-f]{64}$/)
    const { submissions } = await sue.client.listSubmissions({ query: { pluginId: id } })
    expect(submissions.map((one) => [one.id, one.position, one.digest])).toEqual([
      [sent.answer.submission, sent.answer.position, sent.answer.digest],
    ])
    const seen = await fetch(sent.answer.url, { headers: { authorization: `Bearer ${ann.key}` } })
    expect(await seen.json()).toMatchObject({ pluginId: id, version: '1.0.0', digest: sent.answer.digest })
  })

  test('takes a body without a length, in whatever chunks it comes', async () => {
    const bytes = freshPackage()
    const answer = await ann.client.publishPlugin({
      body: (async function* () {
        for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100)
      })(),
    })
    expect(answer.created).toBe(true)
  })

  test('publishes to the plugin that the address names, and to no other', async () => {
    const id = freshId()
    const bytes = freshPackage({ id })
    const wrong = await sendPackage(registry, ann, bytes, { path: '/api/plugins/something-else/versions' })
    expect([wrong.status, wrong.problem.code]).toEqual([409, 'plugin_id_mismatch'])
    const right = await sendPackage(registry, ann, bytes, { path: `/api/plugins/${id}/versions` })
    expect(right.status).toBe(201)
  })

  test('leaves a draft where that is asked for, and submits it when it comes again', async () => {
    const bytes = freshPackage()
    const draft = await sendPackage(registry, ann, bytes, { path: '/api/plugins?submit=false' })
    expect(draft.answer).toMatchObject({ status: 'draft', submission: null, position: null, created: true })
    const again = await sendPackage(registry, ann, bytes, { path: '/api/plugins?submit=false' })
    expect(again.answer).toEqual({ ...draft.answer, created: false })
    const submitted = await sendPackage(registry, ann, bytes)
    expect(submitted.answer).toMatchObject({ status: 'pending_review', created: false, digest: draft.answer.digest })
    expect(submitted.answer.submission).not.toBeNull()
  })

  test('gives the same answer to the same bytes, in every state', async () => {
    const id = freshId()
    const bytes = freshPackage({ id })
    const first = (await sendPackage(registry, ann, bytes)).answer
    await expectNothingStored(async () => {
      expect((await sendPackage(registry, ann, bytes)).answer).toEqual({ ...first, created: false })
    })
    await approve(id, '1.0.0', first.digest)
    const published = (await sendPackage(registry, ann, bytes)).answer
    expect(published).toEqual({ ...first, created: false, status: 'published', position: null })
    const next = freshPackage({ id, version: '1.1.0' })
    const second = (await sendPackage(registry, ann, next)).answer
    await reject(id, '1.1.0', second.digest)
    const rejected = (await sendPackage(registry, ann, next)).answer
    expect(rejected).toEqual({ ...second, created: false, status: 'rejected', position: null })
  })

  test('knows the same tar in other gzip data', async () => {
    const bytes = freshPackage()
    const { answer } = await sendPackage(registry, ann, bytes)
    const other = gzipSync(gunzipSync(bytes), { level: 1 })
    expect(Buffer.compare(other, bytes)).not.toBe(0)
    expect((await sendPackage(registry, ann, other)).answer).toEqual({ ...answer, created: false })
  })

  test('replaces other bytes until they are approved, and never after', async () => {
    const id = freshId()
    const first = (await sendPackage(registry, ann, freshPackage({ id }, 'one'))).answer
    const second = (await sendPackage(registry, ann, freshPackage({ id }, 'two'))).answer
    expect(second.digest).not.toBe(first.digest)
    expect(second).toMatchObject({ status: 'pending_review', created: true })
    const { submissions } = await sue.client.listSubmissions({ query: { pluginId: id, state: 'replaced' } })
    expect(submissions.map((one) => one.id)).toEqual([first.submission])
    await expect(approve(id, '1.0.0', first.digest)).rejects.toMatchObject({ code: 'digest_changed' })

    await reject(id, '1.0.0', second.digest)
    const third = (await sendPackage(registry, ann, freshPackage({ id }, 'three'))).answer
    expect(third).toMatchObject({ status: 'pending_review', created: true })
    await approve(id, '1.0.0', third.digest)
    await expectNothingStored(async () => {
      const fourth = await sendPackage(registry, ann, freshPackage({ id }, 'four'))
      expect([fourth.status, fourth.problem.code]).toEqual([409, 'version_taken'])
    })
    const shown = await registry.anonymous().getVersion({ params: { pluginId: id, version: '1.0.0' } })
    expect(shown.digest).toBe(third.digest)
  })

  test('a newer version never hides an approved one', async () => {
    const id = freshId()
    const first = (await sendPackage(registry, ann, freshPackage({ id }))).answer
    await approve(id, '1.0.0', first.digest)
    await sendPackage(registry, ann, freshPackage({ id, version: '2.0.0' }))
    const plugin = await registry.anonymous().getPlugin({ params: { pluginId: id } })
    expect([plugin.status, plugin.latestVersion]).toEqual(['PUBLISHED', '1.0.0'])
  })

  test('compares what was announced with what arrives', async () => {
    const bytes = freshPackage()
    const wrong = `sha256-${'0'.repeat(64)}`
    await expectNothingStored(async () => {
      const refused = await sendPackage(registry, ann, bytes, { path: `/api/plugins?digest=${wrong}` })
      expect([refused.status, refused.problem.code]).toEqual([400, 'digest_mismatch'])
    })
    const right = `sha256-${createHash('sha256').update(gunzipSync(bytes)).digest('hex')}`
    const taken = await sendPackage(registry, ann, bytes, { path: `/api/plugins?digest=${right}` })
    expect(taken.answer.digest).toBe(right)
  })
})

describe('whose plugin it is', () => {
  test('another publisher is told so, whatever is wrong with the package', async () => {
    const id = freshId()
    await sendPackage(registry, ann, freshPackage({ id }))
    await expectNothingStored(async () => {
      const whole = await sendPackage(registry, bob, freshPackage({ id, version: '1.1.0' }))
      expect([whole.status, whole.problem.code]).toEqual([403, 'not_owner'])
      const same = await sendPackage(registry, bob, freshPackage({ id }))
      expect([same.status, same.problem.code]).toEqual([403, 'not_owner'])
      const broken = await sendPackage(registry, bob, Buffer.from('no package'), {
        path: `/api/plugins/${id}/versions`,
      })
      expect([broken.status, broken.problem.code]).toEqual([403, 'not_owner'])
    })
  })

  test('nobody else sees what is not published', async () => {
    const id = freshId()
    await sendPackage(registry, ann, freshPackage({ id }))
    for (const client of [registry.anonymous(), bob.client]) {
      const params = { pluginId: id, version: '1.0.0' }
      await expect(client.listVersions({ params: { pluginId: id } })).rejects.toMatchObject({
        code: 'plugin_not_found',
      })
      await expect(client.getVersion({ params })).rejects.toMatchObject({ code: 'plugin_not_found' })
      await expect(client.getPackage({ params })).rejects.toMatchObject({ code: 'plugin_not_found' })
    }
    expect((await sue.client.listVersions({ params: { pluginId: id } })).total).toBe(1)
  })

  test('keys that may not publish are refused before a byte is read', async () => {
    const tenant = await sue.client.createTenant({ body: { id: 'acme', name: 'Acme' } })
    const tom = await registry.person('tom', 'tenant-admin', tenant.id)
    await expectNothingStored(async () => {
      const refused = await sendPackage(registry, tom, freshPackage())
      expect([refused.status, refused.problem.code]).toEqual([403, 'not_allowed'])
      const anonymous = await sendPackage(registry, ann, freshPackage(), { headers: { authorization: '' } })
      expect(anonymous.status).toBe(401)
    })
  })
})

describe('preflight', () => {
  test('gives the verdict of publishing, and stores nothing', async () => {
    const id = freshId()
    const bytes = freshPackage({ id })
    const verdict = async (who: Person, what: Uint8Array, query = '') => {
      const { answer } = await sendPackage<PreflightAnswer>(registry, who, what, { path: `/api/preflight${query}` })
      return [answer.verdict, answer.code]
    }
    await expectNothingStored(async () => {
      expect(await verdict(ann, bytes)).toEqual(['accepted', null])
      expect(await verdict(ann, Buffer.from('x'))).toEqual(['refused', 'package_refused'])
      expect(await verdict(ann, bytes, `?digest=sha256-${'0'.repeat(64)}`)).toEqual(['refused', 'digest_mismatch'])
    })
    const { answer } = await sendPackage(registry, ann, bytes)
    expect(await verdict(ann, bytes)).toEqual(['unchanged', null])
    expect(await verdict(bob, bytes)).toEqual(['refused', 'not_owner'])
    expect(await verdict(ann, freshPackage({ id }, 'other'))).toEqual(['accepted', null])
    await approve(id, '1.0.0', answer.digest)
    expect(await verdict(ann, freshPackage({ id }, 'other'))).toEqual(['refused', 'version_taken'])
  })

  test('knows the platform that plugins run on', async () => {
    const bytes = freshPackage({ engines: { plexica: '^9.0.0' } })
    const before = await storedIn(registry)
    const asked = await sendPackage<PreflightAnswer>(registry, ann, bytes, { path: '/api/preflight' })
    const sent = await sendPackage(registry, ann, bytes)
    expect([asked.answer.verdict, sent.status, sent.problem.code]).toEqual(['refused', 422, 'package_refused'])
    expect(asked.answer.findings).toEqual(sent.problem.findings)
    expect(await storedIn(registry)).toEqual(before)
  })
})

describe('hostile packages', () => {
  const refused = hostileArchives.filter(
    ({ code, platform }) => platform === undefined && inspectRules[code]?.severity === 'error',
  )

  test('there are many', () => expect(refused.length).toBeGreaterThan(100))

  test.each(refused)('$code: $name', async ({ code, bytes }) => {
    const body = bytes()
    await expectNothingStored(async () => {
      const { status, problem } = await sendPackage(registry, ann, body)
      if (body.length > limits.packageBytes.max) expect([status, problem.code]).toEqual([413, 'body_too_large'])
      else {
        expect([status, problem.code]).toEqual([422, 'package_refused'])
        expect(problem.findings?.map((finding) => finding.code)).toContain(code)
      }
    })
  })

  test('do not keep anybody waiting', async () => {
    const bomb = hostileArchives.find(({ code }) => code === 'archive-unpacked-too-large')?.bytes() ?? new Uint8Array()
    let answered = 0
    let over = false
    const sending = sendPackage(registry, ann, bomb).finally(() => {
      over = true
    })
    while (!over) {
      await fetch(`${registry.url}/healthz`)
      answered++
      await wait(5)
    }
    expect((await sending).status).toBe(422)
    // Were 200 MB unpacked where requests are answered, all but the first would have waited for the end.
    expect(answered).toBeGreaterThan(5)
  })
})

/** Resolves when the connection has ended, in whatever way. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

describe('bodies that are not what they say', () => {
  /** Writes an HTTP request by hand; gives what comes back until the connection ends. */
  async function raw(head: string, parts: (Uint8Array | number)[], close = false): Promise<string> {
    const { hostname, port } = new URL(registry.url)
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
    })
    const ended = closing(socket)
    socket.on('error', () => {})
    socket.write(`${head}\r\nhost: x\r\nauthorization: Bearer ${ann.key}\r\ncontent-type: application/gzip\r\n\r\n`)
    for (const part of parts) {
      if (typeof part === 'number') await wait(part)
      else socket.write(part)
    }
    if (close) socket.destroy()
    else socket.end()
    await ended
    return text
  }
  const post = 'POST /api/plugins HTTP/1.1'

  test('a client that goes away half-way leaves nothing', async () => {
    const bytes = freshPackage({}, randomBytes(200_000).toString('hex'))
    await expectNothingStored(async () => {
      await raw(`${post}\r\ncontent-length: ${bytes.length}`, [bytes.subarray(0, 100_000), 50], true)
      await wait(100)
    })
  })

  test('a body shorter than announced is incomplete', async () => {
    const bytes = freshPackage()
    await expectNothingStored(async () => {
      const text = await raw(`${post}\r\ncontent-length: ${bytes.length + 10}`, [bytes, 50])
      expect(text === '' || text.includes('400')).toBe(true)
      await wait(100)
    })
  })

  test('a body longer than announced is not read to its end', async () => {
    const bytes = freshPackage()
    await expectNothingStored(async () => {
      const text = await raw(`${post}\r\ncontent-length: ${bytes.length - 10}`, [bytes, 50])
      // Node takes the rest for another request, and answers that.
      expect(text).toMatch(/^HTTP\/1.1 4\d\d/)
      await wait(100)
    })
  })

  test('a chunked body that breaks off leaves nothing', async () => {
    const bytes = freshPackage()
    await expectNothingStored(async () => {
      const chunk = Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
      await raw(`${post}\r\ntransfer-encoding: chunked`, [chunk, 50], true)
      await wait(100)
    })
  })

  test('an announced length over the limit is refused before a byte is read', async () => {
    const text = await raw(`${post}\r\ncontent-length: ${limits.packageBytes.max + 1}`, [200])
    expect(text).toContain('413')
    expect(text).toContain('body_too_large')
  })

  test('more than the limit without an announcement is cut off', async () => {
    const block = randomBytes(1024 * 1024)
    await expectNothingStored(async () => {
      const call = ann.client.publishPlugin({
        body: (async function* () {
          for (let at = 0; at < 60; at++) yield block
        })(),
      })
      await expect(call).rejects.toMatchObject({ code: 'body_too_large', status: 413 })
    })
  })

  test('51 MB with their true length get the same answer, not a broken connection', async () => {
    const { status, problem } = await sendPackage(registry, ann, randomBytes(51 * 1024 * 1024))
    expect([status, problem.code]).toEqual([413, 'body_too_large'])
  })

  test('who sends on and on after a refusal is cut off', async () => {
    const { hostname, port } = new URL(registry.url)
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
    })
    socket.on('error', () => {})
    const closed = closing(socket)
    const head = `${post}\r\nhost: x\r\nauthorization: Bearer ${ann.key}\r\ncontent-type: application/gzip`
    socket.write(`${head}\r\ncontent-length: 1000000000\r\n\r\n`)
    const block = Buffer.alloc(1024 * 1024)
    for (let sent = 0; sent < 500 && !socket.destroyed; sent++) {
      if (!socket.write(block)) await Promise.race([once(socket, 'drain').catch(() => closed), closed])
    }
    await closed
    expect(text).toContain('413')
  })

  test('another content type is refused', async () => {
    const refused = await sendPackage(registry, ann, freshPackage(), { headers: { 'content-type': 'application/zip' } })
    expect([refused.status, refused.problem.code]).toEqual([415, 'media_type_unsupported'])
  })

  test('an empty body is no package', async () => {
    const refused = await sendPackage(registry, ann, new Uint8Array())
    expect(refused.problem.findings?.map(({ code }) => code)).toEqual(['archive-not-gzip'])
  })
})

describe('many at once', () => {
  test('the same bytes ten times: one version, one submission, one that made it', async () => {
    const id = freshId()
    const bytes = freshPackage({ id })
    const sent = await Promise.all(Array.from({ length: 10 }, () => sendPackage(registry, ann, bytes)))
    expect(sent.map(({ status }) => status)).toEqual(Array(10).fill(201))
    expect(sent.filter(({ answer }) => answer.created).length).toBe(1)
    expect(new Set(sent.map(({ answer }) => answer.submission)).size).toBe(1)
    expect((await sue.client.listSubmissions({ query: { pluginId: id } })).total).toBe(1)
  })

  test('ten packages of one number: the last one stands, with the only open submission', async () => {
    const id = freshId()
    const sent = await Promise.all(
      Array.from({ length: 10 }, (_, n) => sendPackage(registry, ann, freshPackage({ id }, `text ${n}`))),
    )
    expect(sent.map(({ status }) => status)).toEqual(Array(10).fill(201))
    const stands = await ann.client.getVersion({ params: { pluginId: id, version: '1.0.0' } })
    expect(sent.map(({ answer }) => answer.digest)).toContain(stands.digest)
    const open = await sue.client.listSubmissions({ query: { pluginId: id } })
    expect(open.submissions.map(({ digest }) => digest)).toEqual([stands.digest])
  })

  test('ten publishers of one free id: one gets it', async () => {
    const id = freshId()
    const people = await Promise.all(Array.from({ length: 10 }, (_, n) => registry.person(`racer-${n}`, 'publisher')))
    const sent = await Promise.all(
      people.map((person, n) => sendPackage(registry, person, freshPackage({ id }, `text ${n}`))),
    )
    const won = sent.filter(({ status }) => status === 201)
    expect(won.length).toBe(1)
    const lost = sent.filter(({ status }) => status !== 201).map(({ problem }) => problem.code)
    expect(lost).toEqual(Array(9).fill('not_owner'))
    const stands = await sue.client.getVersion({ params: { pluginId: id, version: '1.0.0' } })
    expect(stands.digest).toBe(won[0]?.answer.digest)
  })
})

describe('the versions of a plugin', () => {
  test('highest first, by semantic version, and by what the caller may see', async () => {
    const id = freshId()
    for (const version of ['1.2.0', '1.10.0', '2.0.0-beta.1', '1.9.0']) {
      const { answer } = await sendPackage(registry, ann, freshPackage({ id, version }))
      if (version !== '1.10.0') await approve(id, version, answer.digest)
    }
    const params = { pluginId: id }
    const seen = async (who: Pick<Person, 'client'>, query = {}) => {
      const { versions, total } = await who.client.listVersions({ params, query })
      return [total, ...versions.map(({ version }) => version)]
    }
    expect(await seen(ann)).toEqual([4, '2.0.0-beta.1', '1.10.0', '1.9.0', '1.2.0'])
    expect(await seen({ client: registry.anonymous() })).toEqual([3, '2.0.0-beta.1', '1.9.0', '1.2.0'])
    expect(await seen(ann, { skip: 1, take: 2 })).toEqual([4, '1.10.0', '1.9.0'])

    const get = async (version: string) =>
      (await registry.anonymous().getVersion({ params: { pluginId: id, version } })).version
    expect(await get('latest')).toBe('1.9.0')
    expect(await get('^1.0.0')).toBe('1.9.0')
    expect(await get('<1.5')).toBe('1.2.0')
    expect(await get('>=2.0.0-0')).toBe('2.0.0-beta.1')
    for (const version of ['1.10.0', '3.0.0', '^4', 'nonsense']) {
      await expect(get(version)).rejects.toMatchObject({ code: 'version_not_found', status: 404 })
    }
    expect((await ann.client.getVersion({ params: { pluginId: id, version: '1.10.0' } })).state).toBe('pending_review')
  })

  test('say what is in them', async () => {
    const { answer } = await sendPackage(registry, ann, freshPackage())
    const detail = await ann.client.getVersion({ params: { pluginId: answer.id, version: '1.0.0' } })
    expect(detail.manifest).toEqual({ ...goodManifest, id: answer.id })
    expect(detail.changelog).toContain('The card counts orders')
    expect(detail.files.map(({ path }) => path)).toContain('dist/bundle.js')
    expect(detail.packedBytes).toBeGreaterThan(500)
    expect(detail.quality.outOf).toBeGreaterThan(0)
  })

  test('a plugin that is not there has none', async () => {
    await expect(ann.client.listVersions({ params: { pluginId: 'nothing' } })).rejects.toMatchObject({
      code: 'plugin_not_found',
    })
  })
})

test('what was stored is still there after a restart', async () => {
  const bytes = freshPackage()
  const { answer } = await sendPackage(registry, ann, bytes)
  await registry.restart()
  const again = await sendPackage(registry, ann, bytes)
  expect(again.answer).toMatchObject({ created: false, submission: answer.submission })
  const response = await fetch(`${registry.url}/api/plugins/${answer.id}/versions/1.0.0/package`, {
    headers: { authorization: `Bearer ${ann.key}` },
  })
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
})
