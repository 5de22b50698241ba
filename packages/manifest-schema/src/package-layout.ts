/** Where everything in a package stands. Paths are relative to its root. */
export const packageLayout = {
  manifest: 'manifest.json',
  bundle: 'dist/bundle.js',
  backend: 'dist/backend.mjs',
  distFolder: 'dist/',
  assetsFolder: 'assets/',
  readme: 'README.md',
  changelog: 'CHANGELOG.md',
  license: 'LICENSE',
  sbom: 'sbom.cdx.json',
} as const
