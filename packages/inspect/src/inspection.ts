import type { Finding, Manifest } from '@plexica/manifest-schema/validate'

/** One file of a package. */
export interface PackageFile {
  path: string
  bytes: number
  /**
   * Subresource Integrity value (W3C SRI), `sha256-…` in base64. SHA-256 and not 384 because it is as safe here and
   * processors have instructions for it: reading a package of 20 MB takes a third less time.
   */
  integrity: string
}

/** One component of the package's `sbom.cdx.json`: what the build really bundled. */
export interface BundledDependency {
  name: string
  version: string
}

/** What the code was seen to do, as opposed to what the manifest declares. Each list is sorted. */
export interface Capabilities {
  hosts: string[]
  permissions: string[]
}

/** How complete the listing is: `score` of `outOf` points, one note for each point missed. */
export interface Quality {
  score: number
  outOf: number
}

/** All that is known of a package after it has been read once. The same in the command line and the registry. */
export interface Inspection {
  /** `sha256-…` over the uncompressed tar; absent when the archive could not be read to its end. */
  digest?: string
  /** 0 when the archive could not be read to its end, and so `unpackedBytes`. */
  packedBytes: number
  unpackedBytes: number
  /** The sound files in the archive's order; empty when the archive could not be read to its end. */
  files: PackageFile[]
  /** Present when `manifest.json` is there and valid. */
  manifest?: Manifest
  readme?: string
  /** The section of CHANGELOG.md for the manifest's version. */
  changelog?: string
  dependencies: BundledDependency[]
  capabilities: Capabilities
  quality: Quality
  /** Sorted by `sortFindings`; an `error` among them refuses the package. */
  findings: Finding[]
}
