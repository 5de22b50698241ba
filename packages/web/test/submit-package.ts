import { inChunks } from '../../inspect/test/build-archive.ts'
import { goodPackage, type PackageOverrides } from '../../inspect/test/build-package.ts'
import type { Site } from './open-site.ts'

/** Submits the good package, with what differs, as ann; gives the id of its submission. */
export async function submitPackage({ ann }: Site, overrides: PackageOverrides): Promise<string> {
  const { submission } = await ann.client.publishPlugin({ body: inChunks(goodPackage(overrides)) })
  if (submission === null) throw new Error('the package was not submitted')
  return submission
}
