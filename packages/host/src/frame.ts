import type { Installation } from '@plexica/api'
import { type BundleFile, bundleFiles } from './bundle-files.ts'

/** Where a component runs that the page does not let in: nothing of its bundle was imported into the page. */
export interface FrameSource extends FrameOfPlugin {
  /** The name that the bundle exports. */
  readonly exportName: string
}

/** What the frames of a plugin's components have in common. */
export interface FrameOfPlugin {
  /** Address of the page in which it runs. */
  readonly url: string
  /** Absolute address of the script to import. */
  readonly entry: string
  /** Every script of the bundle, absolute, with its integrity. */
  readonly files: readonly BundleFile[]
}

/**
 * The frame of a plugin that does not run in the page itself; undefined for one that does.
 *
 * @throws {HostError} `bundle_invalid` when a script cannot be checked.
 */
export function frameOf({ sandbox, bundle }: Installation, base: string): FrameOfPlugin | undefined {
  if (!sandbox || !bundle) return undefined
  const files = bundleFiles(bundle, base)
  return { url: new URL(sandbox.url, base).href, entry: files[0].url, files }
}
