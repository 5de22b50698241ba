import type { VersionRow } from '../db/tables.ts'
import type { World } from '../world.ts'

/** Writes every browser file of an approved package as blobs of their own. */
export async function unpackBundle(_world: World, _version: VersionRow): Promise<void> {
  throw new Error('not yet')
}
