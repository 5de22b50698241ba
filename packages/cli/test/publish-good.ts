import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage, type PackageOverrides } from '../../inspect/test/build-package.ts'
import type { RegistryWithPeople } from './registry-with-people.ts'

/** Publishes the good package, with what differs, as ann, and approves it. */
export async function publishGood({ ann, root }: RegistryWithPeople, overrides: PackageOverrides): Promise<void> {
  const sent = await ann.client.publishPlugin({ body: inChunks(goodPackage(overrides)) })
  const { id: pluginId, version, digest } = sent
  await root.client.approveVersion({ params: { pluginId }, body: { version, digest } })
}
