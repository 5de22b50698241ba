import { onTestFinished } from 'vitest'
import { openWorld } from '../src/open-world.ts'
import { happen } from './happen.ts'
import { seedPlugins } from './seed-plugins.ts'
import { type Person, startTestRegistry } from './test-registry.ts'
import { startReceiver } from './webhook-receiver.ts'

/**
 * A registry that may call a receiver on this machine, with the people whom webhooks are for: ann owns ledger, ben
 * abacus; tom’s acme has ledger, gil’s globex nothing. Its clock runs as others do, from where `pass` puts it.
 */
export async function startWithHooks() {
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const receiver = await startReceiver()
  const registry = await startTestRegistry({ PLEXICA_WEBHOOK_ALLOW_PRIVATE: 'true' }, now)
  const sue = await registry.person('sue', 'super-admin')
  for (const id of ['acme', 'globex']) await sue.client.createTenant({ body: { id, name: id } })
  const people = {
    sue,
    ann: await registry.person('ann', 'publisher'),
    ben: await registry.person('ben', 'publisher'),
    tom: await registry.person('tom', 'tenant-admin', 'acme'),
    gil: await registry.person('gil', 'tenant-admin', 'globex'),
  }
  const { world, close } = await openWorld(registry.config, () => '')
  await seedPlugins(world.db, [{ manifest: { id: 'ledger' } }, { manifest: { id: 'abacus' } }])
  const added_at = world.now().toISOString()
  const owners = [
    { plugin_id: 'ledger', subject: 'ann', added_at },
    { plugin_id: 'abacus', subject: 'ben', added_at },
  ]
  await world.db.insertInto('plugin_owners').values(owners).execute()
  await close()
  await people.tom.client.installPlugin({ params: { tenantId: 'acme', pluginId: 'ledger' }, body: {} })

  let paths = 0
  return {
    ...people,
    registry,
    receiver,
    now,
    pass(seconds: number) {
      ahead += seconds * 1_000
    },
    /** A webhook at a path of its own. */
    async hook(person: Person, body: Partial<Parameters<Person['client']['createWebhook']>[0]['body']> = {}) {
      const path = `/hook-${++paths}`
      const { secret, ...webhook } = await person.client.createWebhook({ body: { url: receiver.url + path, ...body } })
      const params = { webhookId: webhook.id }
      onTestFinished(async () => {
        await person.client.deleteWebhook({ params }).catch(() => undefined)
      })
      const deliveries = async () => (await person.client.listDeliveries({ params })).deliveries
      return {
        secret,
        webhook,
        params,
        got: () => receiver.at(path),
        deliveries,
        delivery: async () => (await deliveries())[0],
        now: () => person.client.getWebhook({ params }),
      }
    },
    happened: () =>
      happen(registry, {
        type: 'version.yanked',
        pluginId: 'ledger',
        version: '1.0.0',
        data: { reason: 'It loses orders.' },
      }),
    async stop() {
      await registry.stop()
      await receiver.stop()
    },
  }
}

/** How long tests wait for what is sent in its own time. */
export const patiently = { timeout: 20_000, interval: 50 }
