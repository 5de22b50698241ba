import type { Finding, Manifest } from '@plexica/manifest-schema'

/** One file of a package. */
export interface PackageFile {
  path: string
  bytes: number
  /** Subresource Integrity value (W3C SRI), `sha384-…` in base64. */
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
  packedBytes: number
  unpackedBytes: number
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
