import type { BundleFile } from './bundle-files.ts'

/** A component that runs in a frame of its own, and where everything that the frame needs is. */
export interface FrameSource {
  /** Address of the registry's page in which it runs; its policy is the plugin's. */
  readonly url: string
  /** Address of the script that exports it; one of `files`. */
  readonly entry: string
  /** Every script of the bundle, absolute, each with its integrity value. */
  readonly files: readonly BundleFile[]
  /** Name that the bundle exports the component under. */
  readonly exportName: string
}
