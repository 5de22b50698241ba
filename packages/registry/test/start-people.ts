import { inChunks } from '../../inspect/test/build-archive.ts'
import { type Person, startTestRegistry } from './test-registry.ts'

export type PublishQuery = NonNullable<Parameters<Person['client']['publishPlugin']>[0]['query']>

/** A registry with the publishers ann and bob, the super-admin sue, and the admins tom of acme and gil of globex. */
export async function startPeople(env: Record<string, string> = {}, pagesFolder?: string) {
  const registry = await startTestRegistry(env, undefined, pagesFolder)
  const ann = await registry.person('ann', 'publisher')
  const bob = await registry.person('bob', 'publisher')
  const sue = await registry.person('sue', 'super-admin')
  for (const id of ['acme', 'globex']) await sue.client.createTenant({ body: { id, name: id } })
  const tom = await registry.person('tom', 'tenant-admin', 'acme')
  const gil = await registry.person('gil', 'tenant-admin', 'globex')

  const upload = (bytes: Uint8Array, query: PublishQuery = {}, person = ann) =>
    person.client.publishPlugin({ body: inChunks(bytes), query })
  return {
    registry,
    ann,
    bob,
    sue,
    tom,
    gil,
    upload,
    /** The same, and sue approves it. */
    async publish(bytes: Uint8Array, query: PublishQuery = {}, person = ann) {
      const sent = await upload(bytes, query, person)
      const { id: pluginId, version, digest } = sent
      await sue.client.approveVersion({ params: { pluginId }, body: { version, digest } })
      return sent
    },
    install: (person: Person, tenantId: string, pluginId: string, version?: string) =>
      person.client.installPlugin({ params: { tenantId, pluginId }, body: version === undefined ? {} : { version } }),
  }
}
