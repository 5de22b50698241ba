import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'
import { idOf, type ReviewRegistry, type Sent, startReviewRegistry } from './review-people.ts'
import type { Person } from './test-registry.ts'

let at: ReviewRegistry

beforeAll(async () => {
  at = await startReviewRegistry()
})
afterAll(() => at.stop())

const deltaOf = ({ submission }: Pick<Sent, 'submission'>, person: Person = at.sue) =>
  person.client.getSubmissionDelta({ params: idOf(submission) })
const none = { items: [], total: 0 }

describe('the delta of a submission', () => {
  test('is everything for a first version', async () => {
    const delta = await deltaOf(await at.upload('first'))
    expect(delta).toMatchObject({
      pluginId: 'first',
      version: '1.0.0',
      base: null,
      permissions: { added: { items: ['orders:read'], total: 1 }, removed: none },
      hosts: { added: { items: ['api.example.com'] } },
      parts: { added: ['frontend', 'backend'] },
      files: { added: { total: 12 }, removed: none, changed: none },
      dependencies: { added: { items: [{ name: 'clsx', value: '2.1.1' }] } },
      bundleBytes: { before: null },
    })
  })

  test('is against the version that was approved last, and tells where its files can be read', async () => {
    const first = await at.upload('grown')
    await at.approve(first)
    const bytes = 'export const GreetingCard=()=>"other"\n'
    const second = await at.upload('grown', {
      manifest: { version: '1.1.0', name: 'Grown', network: ['api.example.com', 'new.example.com'] },
      files: { 'dist/bundle.js': bytes, 'dist/chunks/greeting.js': undefined, 'assets/note.txt': 'A note.\n' },
    })
    const delta = await deltaOf(second)
    expect(delta.base).toEqual({
      version: '1.0.0',
      digest: first.digest,
      publishedAt: expect.stringMatching(/Z$/),
      submission: first.submission,
    })
    expect(delta.hosts).toEqual({ added: { items: ['new.example.com'], total: 1 }, removed: none })
    expect(delta.permissions).toEqual({ added: none, removed: none })
    expect(delta.parts).toEqual({ added: [], removed: [] })
    expect(delta.manifest.changed.items).toEqual([
      { name: 'name', before: 'Any name', after: 'Grown' },
      { name: 'version', before: '1.0.0', after: '1.1.0' },
    ])
    expect(delta.files.added.items).toEqual([{ name: 'assets/note.txt', value: 8 }])
    expect(delta.files.removed.items.map(({ name }) => name)).toEqual(['dist/chunks/greeting.js'])
    expect(delta.files.changed.items).toContainEqual({
      name: 'dist/bundle.js',
      before: expect.any(Number),
      after: bytes.length,
    })
    expect(delta.bundleBytes.after).toBe(bytes.length)
    expect(delta.packedBytes.before).toBeGreaterThan(0)
  })

  test('stays what it was when later versions are approved, and passes by what was yanked', async () => {
    const version = (number: string) => at.upload('lines', { manifest: { version: number } })
    await at.approve(await version('1.0.0'))
    const second = await version('1.1.0')
    const third = await version('0.9.0')
    expect((await deltaOf(third)).base).toMatchObject({ version: '1.0.0' })
    await at.approve(second)
    expect((await deltaOf(third)).base).toMatchObject({ version: '1.1.0' })
    await at.reject(third)
    await at.approve(await version('2.0.0'))
    expect((await deltaOf(third)).base).toMatchObject({ version: '1.1.0' })
    expect((await deltaOf(second)).base).toMatchObject({ version: '1.0.0' })
    const params = { pluginId: 'lines', version: '2.0.0' }
    await at.ann.client.yankVersion({ params, body: { reason: 'It loses orders.' } })
    expect((await deltaOf(await version('2.0.1'))).base).toMatchObject({ version: '1.1.0' })
  })

  test('of bytes that were replaced there is none any more', async () => {
    const first = await at.upload('swapped')
    await at.upload('swapped', { manifest: { description: 'Other bytes under the same number, sent later.' } })
    expect(await refusalOf(deltaOf(first))).toMatchObject({ code: 'digest_changed', status: 409 })
    const files = at.sue.client.listSubmissionFiles({ params: idOf(first.submission) })
    expect(await refusalOf(files)).toMatchObject({ code: 'digest_changed' })
  })

  test('is for owners and reviewers; for others there is no such submission', async () => {
    const sent = await at.upload('hidden')
    expect((await deltaOf(sent, at.ann)).version).toBe('1.0.0')
    expect(await refusalOf(deltaOf(sent, at.bob))).toMatchObject({ code: 'submission_not_found', status: 404 })
    expect(await refusalOf(deltaOf(sent, at.tom))).toMatchObject({ code: 'not_allowed' })
    expect(await refusalOf(deltaOf({ submission: 'nothing' }))).toMatchObject({ code: 'submission_not_found' })
  })
})

describe('the files of a submission', () => {
  let sent: Sent
  const text = 'Ein schöner Text.\n<script>alert(1)</script>\n'
  beforeAll(async () => {
    sent = await at.upload('readable', {
      files: {
        'assets/text with spaces.html.txt': text,
        'assets/data.bin': new Uint8Array([80, 0, 255, 1]),
        'assets/latin.txt': new Uint8Array([0x66, 0xfc, 0x72]),
        'assets/large.txt': 'A line of a large text.\n'.repeat(50_000),
        'assets/last.txt': 'x'.repeat(1024 * 1024),
        'assets/nothing.txt': '',
      },
    })
  })
  const read = (path: string, person: Person = at.sue) =>
    person.client.getSubmissionFile({ params: { ...idOf(sent.submission), path: path.split('/') } })

  test('are listed in pages', async () => {
    const params = idOf(sent.submission)
    const all = await at.ann.client.listSubmissionFiles({ params, query: { take: 100 } })
    expect(all.total).toBe(all.files.length)
    expect(all.files).toContainEqual({
      path: 'assets/data.bin',
      bytes: 4,
      integrity: expect.stringMatching(/^sha256-/),
    })
    const page = await at.ann.client.listSubmissionFiles({ params, query: { skip: 2, take: 3 } })
    expect(page).toEqual({ files: all.files.slice(2, 5), total: all.total })
  })

  test('are given as text that no browser takes for anything else', async () => {
    const answer = await read('assets/text with spaces.html.txt', at.ann)
    expect(await answer.text()).toBe(text)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
    })
  })

  test('all of them, the first and the last, those that are not served and those that are empty', async () => {
    const { files } = await at.sue.client.listSubmissionFiles({ params: idOf(sent.submission), query: { take: 100 } })
    const hidden = ['assets/data.bin', 'assets/latin.txt', 'assets/large.txt', 'assets/card.png']
    for (const { path, bytes } of files.filter((file) => !hidden.includes(file.path))) {
      const body = Buffer.from(await (await read(path)).arrayBuffer())
      expect([path, body.length]).toEqual([path, bytes])
    }
    expect(await (await read('dist/bundle.js.map')).json()).toMatchObject({ version: 3 })
  })

  test.each([
    ['assets/data.bin', 'file_not_text', 415],
    ['assets/latin.txt', 'file_not_text', 415],
    ['assets/card.png', 'file_not_text', 415],
    ['assets/large.txt', 'file_too_large', 413],
    ['assets/missing.txt', 'file_not_found', 404],
    ['dist', 'file_not_found', 404],
  ])('%s is refused', async (path, code, status) => {
    expect(await refusalOf(read(path))).toMatchObject({ code, status })
  })

  test('an address that leads elsewhere finds nothing', async () => {
    const base = `${at.registry.url}/api/submissions/${sent.submission}/files`
    for (const path of ['..%2f..%2fplexica.db', '%2e%2e/manifest.json', 'assets%2fnothing.txt%00']) {
      const answer = await fetch(`${base}/${path}`, { headers: { authorization: `Bearer ${at.sue.key}` } })
      expect([path, answer.status]).toEqual([path, 404])
    }
  })

  test('are for owners and reviewers', async () => {
    expect(await refusalOf(read('README.md', at.bob))).toMatchObject({ code: 'submission_not_found' })
    expect(await refusalOf(read('README.md', at.tom))).toMatchObject({ code: 'not_allowed' })
    const params = idOf(sent.submission)
    expect(await refusalOf(at.bob.client.listSubmissionFiles({ params }))).toMatchObject({
      code: 'submission_not_found',
    })
  })

  test('those of the version before can be read beside them', async () => {
    await at.approve(sent)
    const next = await at.upload('readable', { manifest: { version: '1.1.0' }, files: { 'README.md': '# New\n' } })
    const { base } = await deltaOf(next)
    const before = await at.sue.client.getSubmissionFile({
      params: { ...idOf(base?.submission ?? null), path: ['README.md'] },
    })
    expect(await before.text()).toContain('# Greeting card')
  })
})
