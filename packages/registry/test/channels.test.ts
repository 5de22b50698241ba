import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { refusalOf } from './refusal-of.ts'
import { startPeople } from './start-people.ts'
import type { Person } from './test-registry.ts'

const { registry, ann, bob, sue, ...people } = await startPeople()
afterAll(() => registry.stop())

const ofTag = (tag: string | undefined) => (tag === undefined ? {} : { tag })
const upload = (id: string, version: string, tag?: string) =>
  people.upload(goodPackage({ manifest: { id, version } }), ofTag(tag))
const publish = (id: string, version: string, tag?: string) =>
  people.publish(goodPackage({ manifest: { id, version } }), ofTag(tag))
const seen = async (pluginId: string, version: string) =>
  (await registry.anonymous().getVersion({ params: { pluginId, version } })).version
const channels = async (pluginId: string) => {
  const { channels, latestVersion } = await registry.anonymous().getPlugin({ params: { pluginId } })
  const named = Object.fromEntries(channels.map(({ tag, version }) => [tag, version]))
  expect(latestVersion).toBe(named.latest ?? null)
  return named
}
const set = (person: Person, pluginId: string, tag: string, version: string, allowPrerelease?: boolean) =>
  person.client.setChannel({
    params: { pluginId, tag },
    body: { version, ...(allowPrerelease === undefined ? {} : { allowPrerelease }) },
  })
const release = (person: Person, pluginId: string, tag: string) =>
  person.client.deleteChannel({ params: { pluginId, tag } })
const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code

describe('publishing to a channel', () => {
  test('moves that channel when it is approved, and `latest` never', async () => {
    await publish('radio', '1.0.0')
    await upload('radio', '2.0.0-rc.1', 'beta')
    expect(await channels('radio')).toEqual({ latest: '1.0.0' })
    await publish('radio', '2.0.0-rc.1', 'beta')
    await publish('radio', '3.0.0', 'next')
    expect(await channels('radio')).toEqual({ beta: '2.0.0-rc.1', latest: '1.0.0', next: '3.0.0' })
    for (const [wanted, version] of [
      ['beta', '2.0.0-rc.1'],
      ['next', '3.0.0'],
      ['latest', '1.0.0'],
    ] as const) {
      expect(await seen('radio', wanted)).toBe(version)
    }
    const { versions } = await registry.anonymous().listVersions({ params: { pluginId: 'radio' } })
    expect(versions.map(({ version, channels }) => [version, channels])).toEqual([
      ['3.0.0', ['next']],
      ['2.0.0-rc.1', ['beta']],
      ['1.0.0', ['latest']],
    ])
  })

  test('a prerelease is not `latest`, not even alone or on demand', async () => {
    await publish('early', '1.0.0-rc.1', 'beta')
    expect(await channels('early')).toEqual({ beta: '1.0.0-rc.1' })
    expect(await refusalOf(seen('early', 'latest'))).toMatchObject({
      code: 'version_not_found',
      message: 'early has no published version latest; beta is 1.0.0-rc.1.',
    })
    expect(await codeOf(upload('early', '1.0.0-rc.2', 'latest'))).toBe('prerelease_latest')
    const preflight = await ann.client.preflight({
      body: inChunks(goodPackage({ manifest: { id: 'early', version: '1.0.0-rc.2' } })),
      query: { tag: 'latest' },
    })
    const { fix } = await refusalOf(upload('early', '1.0.0-rc.2', 'latest'))
    expect(preflight).toMatchObject({ verdict: 'refused', code: 'prerelease_latest', fix })
  })

  test('follows the last word until the version is decided about', async () => {
    await publish('tuned', '1.0.0')
    const first = await upload('tuned', '1.1.0', 'beta')
    const again = await upload('tuned', '1.1.0', 'next')
    expect(again).toEqual({ ...first, created: false })
    // Sent again without a word about it, it stays where it was.
    await upload('tuned', '1.1.0')
    await sue.client.approveVersion({ params: { pluginId: 'tuned' }, body: { version: '1.1.0', digest: first.digest } })
    expect(await channels('tuned')).toEqual({ latest: '1.0.0', next: '1.1.0' })
    expect(await upload('tuned', '1.1.0', 'beta')).toMatchObject({ status: 'published', created: false })
    expect(await channels('tuned')).toEqual({ latest: '1.0.0', next: '1.1.0' })
  })

  test('of a draft moves too, alone and with its submission, and refuses what it would refuse', async () => {
    const send = (version: string, tag: string, submit: boolean) =>
      ann.client.publishPlugin({
        body: inChunks(goodPackage({ manifest: { id: 'sketch', version } })),
        query: { tag, submit },
      })
    await publish('sketch', '1.0.0')
    await send('1.1.0-rc.1', 'alpha', false)
    expect(await send('1.1.0-rc.1', 'beta', false)).toMatchObject({ status: 'draft', created: false })
    expect(await codeOf(send('1.1.0-rc.1', 'latest', false))).toBe('prerelease_latest')
    const { digest, status } = await send('1.1.0-rc.1', 'next', true)
    expect(status).toBe('pending_review')
    await sue.client.approveVersion({ params: { pluginId: 'sketch' }, body: { version: '1.1.0-rc.1', digest } })
    expect(await channels('sketch')).toEqual({ latest: '1.0.0', next: '1.1.0-rc.1' })
  })

  test.each(['1', 'v1.0.0', 'x', 'Beta', '^1', ''])('%j is no channel', async (tag) => {
    expect(await codeOf(upload('radio', '4.0.0', tag))).toBe('request_invalid')
  })
})

describe('a channel that is set', () => {
  beforeAll(async () => {
    for (const version of ['1.0.0', '1.1.0', '2.0.0-rc.1']) await publish('tuner', version)
    await upload('tuner', '1.2.0')
  })

  test('means that version until it is removed', async () => {
    expect(await set(ann, 'tuner', 'latest', '1.0.0')).toEqual({
      tag: 'latest',
      version: '1.0.0',
      setBy: 'ann',
      setAt: expect.stringMatching(/Z$/),
    })
    await set(sue, 'tuner', 'stable', '1.0.0')
    expect(await channels('tuner')).toEqual({ latest: '1.0.0', stable: '1.0.0' })
    await publish('tuner', '1.1.1')
    expect(await channels('tuner')).toEqual({ latest: '1.0.0', stable: '1.0.0' })
    await release(ann, 'tuner', 'latest')
    expect(await channels('tuner')).toEqual({ latest: '1.1.1', stable: '1.0.0' })
    expect(await codeOf(release(ann, 'tuner', 'latest'))).toBe('channel_not_found')
    await release(ann, 'tuner', 'stable')
    expect(await channels('tuner')).toEqual({ latest: '1.1.1' })
  })

  test('makes a prerelease `latest` only where that is said', async () => {
    expect(await codeOf(set(ann, 'tuner', 'latest', '2.0.0-rc.1'))).toBe('prerelease_latest')
    await set(ann, 'tuner', 'latest', '2.0.0-rc.1', true)
    expect(await seen('tuner', 'latest')).toBe('2.0.0-rc.1')
    await release(ann, 'tuner', 'latest')
  })

  test('is taken over by a higher version that is published to it', async () => {
    await set(ann, 'tuner', 'beta', '2.0.0-rc.1')
    await publish('tuner', '1.9.0-rc.1', 'beta')
    expect(await channels('tuner')).toMatchObject({ beta: '2.0.0-rc.1' })
    await publish('tuner', '2.0.0-rc.2', 'beta')
    expect(await channels('tuner')).toMatchObject({ beta: '2.0.0-rc.2' })
  })

  test('gives way while its version is yanked', async () => {
    await set(ann, 'tuner', 'latest', '1.0.0')
    const params = { pluginId: 'tuner', version: '1.0.0' }
    await ann.client.yankVersion({ params, body: { reason: 'Bad.' } })
    expect(await seen('tuner', 'latest')).toBe('1.1.1')
    await ann.client.unyankVersion({ params })
    expect(await seen('tuner', 'latest')).toBe('1.0.0')
  })

  test('goes with a version that is deleted', async () => {
    await set(ann, 'tuner', 'gone', '1.0.0')
    await sue.client.deleteVersion({ params: { pluginId: 'tuner', version: '1.0.0' }, query: { reason: 'Worse.' } })
    expect(await channels('tuner')).toEqual({ beta: '2.0.0-rc.2', latest: '1.1.1' })
  })

  test('means something published, by somebody who owns it', async () => {
    expect(await codeOf(set(ann, 'tuner', 'beta', '1.2.0'))).toBe('state_conflict')
    expect(await codeOf(set(ann, 'tuner', 'beta', '9.0.0'))).toBe('version_not_found')
    expect(await codeOf(set(ann, 'no-such-plugin', 'beta', '1.0.0'))).toBe('plugin_not_found')
    expect(await codeOf(set(bob, 'tuner', 'beta', '1.1.0'))).toBe('not_owner')
    expect(await codeOf(release(bob, 'tuner', 'beta'))).toBe('not_owner')
    expect(await codeOf(set(ann, 'tuner', 'v2', '1.1.0'))).toBe('request_invalid')
  })

  test('is one of few', async () => {
    for (let index = 0; index < 48; index++) await set(ann, 'tuner', `c${index}`, '1.1.0')
    expect(await codeOf(set(ann, 'tuner', 'one-more', '1.1.0'))).toBe('too_many_channels')
    expect(await codeOf(upload('tuner', '5.0.0', 'one-more'))).toBe('too_many_channels')
    await set(ann, 'tuner', 'c0', '1.1.1')
  })
})
