import { existsSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The folder of the built pages: beside the bundled program, or in the workspace the one that `@plexica/web` builds, which
 * need not be there.
 */
export function findPages(): string | undefined {
  const beside = join(import.meta.dirname, 'web')
  if (existsSync(beside)) return beside
  try {
    const manifest = findPackageJSON('@plexica/web', import.meta.url)
    return manifest === undefined ? undefined : join(dirname(manifest), 'dist')
  } catch {
    return undefined
  }
}
