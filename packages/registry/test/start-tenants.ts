import type { Client } from '@plexica/api'
import type { Manifest } from '@plexica/manifest-schema'
import { inChunks } from '../../inspect/test/build-archive.ts'
import { openWorld } from '../src/open-world.ts'
import { plainPackage } from './plain-package.ts'
import { startTestRegistry } from './test-registry.ts'

type Written = { readonly [Key in keyof Manifest]?: Manifest[Key] | undefined }

/** A registry with two tenants, their people, and a publisher whose plugins are approved at once. */
export async function startTenants(env: Record<string, string> = {}) {
  const registry = await startTestRegistry(env)
  const root = await registry.person('root', 'super-admin')
  for (const id of ['acme', 'globex']) await root.client.createTenant({ body: { id, name: id } })
  const pia = await registry.person('pia', 'publisher')
  const ada = await registry.person('ada', 'tenant-admin', 'acme')

  /** A plugin that asks for nothing unless told. */
  const submit = (manifest: Written, query = {}) =>
    pia.client.publishPlugin({ body: inChunks(plainPackage(manifest)), query })

  return {
    registry,
    root,
    pia,
    ada,
    /** A user of acme, who only looks. */
    tom: await registry.person('tom', 'tenant-user', 'acme'),
    /** The admin of the other tenant. */
    gil: await registry.person('gil', 'tenant-admin', 'globex'),
    submit,
    async publish(id: string, version: string, manifest: Written = {}, query = {}) {
      const { digest } = await submit({ id, version, ...manifest }, query)
      await root.client.approveVersion({ params: { pluginId: id }, body: { version, digest } })
    },
    install: (pluginId: string, body: Parameters<Client['installPlugin']>[0]['body'] = {}, client = ada.client) =>
      client.installPlugin({ params: { tenantId: client === ada.client ? 'acme' : 'globex', pluginId }, body }),
    /** What stands in the table of events about a plugin of a tenant, in order. */
    async events(pluginId: string, tenantId = 'acme') {
      const { world, close } = await openWorld(registry.config, () => registry.url)
      const rows = await world.db
        .selectFrom('events')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('plugin_id', '=', pluginId)
        .orderBy('number')
        .execute()
      await close()
      return rows.map(({ type, actor, version, data }) => ({ type, actor, version, data: JSON.parse(data) }))
    },
    async installCount(pluginId: string) {
      return (await registry.anonymous().getPlugin({ params: { pluginId } })).installCount
    },
  }
}

export type Tenants = Awaited<ReturnType<typeof startTenants>>

/** Where the plugins of acme are. */
export const inAcme = (pluginId: string) => ({ params: { tenantId: 'acme', pluginId } })
