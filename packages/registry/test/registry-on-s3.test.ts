import { randomBytes } from 'node:crypto'
import { buildApp } from 'fauxqs'
import { expect, test } from 'vitest'
import { goodPackage } from '../../inspect/test/build-package.ts'
import { sendPackage } from './send-package.ts'
import { startTestRegistry } from './test-registry.ts'

test('a registry whose blobs lie in a bucket publishes, approves and serves, and says when the bucket is gone', async () => {
  process.env.AWS_ACCESS_KEY_ID = 'test'
  process.env.AWS_SECRET_ACCESS_KEY = 'test'
  const server = buildApp({ logger: false })
  const endpoint = await server.listen({ port: 0, host: '127.0.0.1' })
  await fetch(`${endpoint}/plexica`, { method: 'PUT' })
  const registry = await startTestRegistry({ PLEXICA_STORAGE_URL: `s3://plexica?endpoint=${endpoint}` })
  try {
    const ann = await registry.person('ann', 'publisher')
    const sue = await registry.person('sue', 'super-admin')
    for (const size of [1_000, 6_000_000]) {
      const id = `plugin-${size}`
      const bytes = goodPackage({ manifest: { id }, files: { 'assets/noise.png': randomBytes(size) } })
      const { answer } = await sendPackage(registry, ann, bytes)
      const params = { pluginId: id, version: '1.0.0' }
      await sue.client.approveVersion({ params, body: { version: '1.0.0', digest: answer.digest } })
      const response = await registry.anonymous().getPackage({ params })
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
      const script = await fetch(`${registry.url}/plugins/bundles/${id}/v1.0.0/bundle.js`)
      expect([script.status, (await script.text()).includes('GreetingCard')]).toEqual([200, true])
    }

    await server.close()
    const lost = await sendPackage(registry, ann, goodPackage({ manifest: { id: 'lost' } }))
    expect([lost.status, lost.problem.code]).toEqual([503, 'storage_unavailable'])
    expect((await sue.client.listSubmissions({ query: { pluginId: 'lost' } })).total).toBe(0)
    expect((await fetch(`${registry.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${registry.url}/plugins/bundles/plugin-1000/v1.0.0/bundle.js`)).status).toBe(200)
  } finally {
    await registry.stop()
    await server.close()
  }
})
