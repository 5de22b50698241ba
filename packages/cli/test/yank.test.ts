import { afterAll, beforeAll, expect, test } from 'vitest'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

let registry: RegistryWithPeople
let machine: Machine

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  machine = await openMachine({ PLEXICA_API_URL: registry.url, PLEXICA_API_KEY: registry.ann.key })
  const manifest = { requiredPermissions: [], backend: undefined, components: [] }
  const files = { 'dist/backend.mjs': undefined }
  const { id, version, digest } = await registry.ann.client.publishPlugin({
    body: inChunks(goodPackage({ manifest, files })),
  })
  await registry.root.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
})
afterAll(async () => {
  await machine.close()
  await registry.stop()
})

const stateOf = async () =>
  (await registry.ann.client.getVersion({ params: { pluginId: 'greeting-card', version: '1.0.0' } })).state

test('a yank asks for a reason and for one version', async () => {
  const silent = await machine.run(['yank', 'greeting-card@1.0.0'])
  expect([silent.status, silent.stderr]).toEqual([2, expect.stringContaining('--reason')])
  const vague = await machine.run(['yank', 'greeting-card', '--reason', 'Bad.'])
  expect([vague.status, vague.stderr]).toEqual([2, expect.stringContaining('greeting-card')])
  expect(await stateOf()).toBe('published')
})

test('a yank says who is concerned, and is undone', async () => {
  const yanked = await machine.run(['yank', 'greeting-card@1.0.0', '--reason', 'It shouts.', '--json'])
  expect(yanked.status).toBe(0)
  expect(yanked.stderr).toContain('0 tenants have greeting-card 1.0.0 installed')
  expect(answerOf(yanked)).toMatchObject({ installed: 0, version: { state: 'yanked', reason: 'It shouts.' } })
  expect(await stateOf()).toBe('yanked')
  const back = await machine.run(['unyank', 'greeting-card@1.0.0', '--json'])
  expect(answerOf(back)).toMatchObject({ version: { state: 'published', reason: null } })
  const other = await machine.run(['yank', 'greeting-card@1.0.0', '--reason', 'x'], {
    env: { PLEXICA_API_KEY: registry.ben.key },
  })
  expect(other.status).toBe(4)
  expect(await stateOf()).toBe('published')
})

test('a prerelease goes to the channel that is named, never to latest', async () => {
  const cwd = await machine.plugin('sky-view')
  const args = ['publish', '--version', '1.0.0-rc.1', '--changelog', 'First.', '--skip-tests', '--json']
  const latest = await machine.run([...args, '--tag', 'latest'], { cwd })
  expect([latest.status, answerOf(latest).error.code]).toEqual([5, 'prerelease_latest'])
  expect((await machine.run([...args, '--tag', 'v1'], { cwd })).status).toBe(2)
  const sent = answerOf(await machine.run([...args, '--tag', 'beta'], { cwd }))
  const { id: pluginId, version, digest } = sent
  await registry.root.client.approveVersion({ params: { pluginId }, body: { version, digest } })
  const { channels } = await registry.ann.client.getPlugin({ params: { pluginId } })
  expect(channels).toEqual([{ tag: 'beta', version: '1.0.0-rc.1' }])
})
