import { goodPackage, type PackageFiles, type PackageOverrides } from '../../inspect/test/build-package.ts'

/** A package that asks its tenant for nothing, unless told. */
export function plainPackage(
  manifest: NonNullable<PackageOverrides['manifest']>,
  files: PackageFiles = {},
): Uint8Array {
  const plain = { requiredPermissions: [], configSchema: undefined, backend: undefined, ...manifest }
  return goodPackage({
    manifest: plain,
    files: plain.backend === undefined ? { 'dist/backend.mjs': undefined, ...files } : files,
  })
}
