import { createClient } from '../packages/api/src/index.ts'
import { ask, type Latencies } from './latency.ts'
import type { RunningRegistry } from './servers.ts'

const tenants = 100
const pluginsEach = 10
const atATime = 8

/** Installs of popular plugins for many new tenants, eight at a time; and what recommending to those tenants takes. */
export async function installsPerSecond({
  url,
  adminKey,
}: RunningRegistry): Promise<{ perSecond: number; recommended: Latencies }> {
  const client = createClient({ url, token: adminKey })
  const { plugins } = await client.popularPlugins({ query: { take: 100 } })
  const ids = Array.from({ length: tenants }, (_, index) => `bench-${index}`)
  for (const id of ids) await client.createTenant({ body: { id, name: id } })
  const queue = ids.flatMap((tenantId, index) =>
    Array.from({ length: pluginsEach }, (_, n) => ({
      tenantId,
      pluginId: plugins[(index + n * 7) % plugins.length]?.id ?? '',
    })),
  )
  const started = performance.now()
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (let params = queue.pop(); params; params = queue.pop()) await client.installPlugin({ params, body: {} })
    }),
  )
  const perSecond = (tenants * pluginsEach * 1_000) / (performance.now() - started)
  const recommended: Latencies = []
  for (const id of ids) {
    recommended.push(
      await ask(`${url}/api/plugins/recommended?tenantId=${id}`, { authorization: `Bearer ${adminKey}` }),
    )
  }
  return { perSecond, recommended }
}
