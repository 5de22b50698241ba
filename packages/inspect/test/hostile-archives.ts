import { limits, type Manifest, type Platform } from '@plexica/manifest-schema/validate'
import { manifestFixtures } from '../../manifest-schema/test/manifest-fixtures.ts'
import { goodManifest, goodPackage, type PackageOverrides } from './build-package.ts'
import { codeFixtures } from './code-fixtures.ts'
import { crookedArchives, type HostileArchive } from './crooked-archives.ts'
import { listingFixtures } from './listing-fixtures.ts'

export { buildArchive, inChunks } from './build-archive.ts'
export {
  buildPackage,
  goodFiles,
  goodManifest,
  goodPackage,
  type PackageFiles,
  type PackageOverrides,
} from './build-package.ts'
export type { HostileArchive } from './crooked-archives.ts'

const filled = (code: string, name: string, overrides: PackageOverrides): HostileArchive => ({
  name,
  code,
  bytes: () => goodPackage(overrides),
})
const latin1 = Buffer.from('# Gr\u00fc\u00dfe', 'latin1')
const contents: HostileArchive[] = [
  filled('archive-manifest-missing', 'no manifest', { files: { 'manifest.json': undefined } }),
  filled('archive-manifest-missing', 'a manifest in capitals', {
    files: { 'manifest.json': undefined, 'Manifest.json': '{}' },
  }),
  filled('archive-second-manifest', 'a manifest in a folder', { files: { 'package/manifest.json': '{}' } }),
  filled('archive-file-missing', 'no bundle', { files: { 'dist/bundle.js': undefined } }),
  filled('archive-file-missing', 'no backend', { files: { 'dist/backend.mjs': undefined } }),
  filled('archive-file-missing', 'no icon', { files: { 'assets/icon.svg': undefined } }),
  filled('archive-file-missing', 'no screenshot', { files: { 'assets/card.png': undefined } }),
  filled('archive-file-missing', 'no setup', { files: { 'SETUP.md': undefined } }),
  filled('archive-file-missing', 'no licence file', { manifest: { license: 'SEE LICENSE IN TERMS.md' } }),
  filled('archive-entry-elsewhere', 'a frontend that is not the bundle', {
    manifest: { frontend: { entry: 'dist/chunks/greeting.js' } },
  }),
  filled('archive-entry-elsewhere', 'a backend under another name', {
    manifest: { backend: { entry: 'dist/server.mjs' } },
    files: { 'dist/server.mjs': 'export const routes = {}\n' },
  }),
  filled('archive-unexpected-file', 'a forgotten file', { files: { 'package-lock.json': '{}' } }),
  filled('archive-unexpected-file', 'a forgotten folder', { files: { 'src/index.tsx': '', 'src/card.tsx': '' } }),
  filled('archive-native-file', 'a program by its name', { files: { 'assets/setup.EXE': 'x' } }),
  filled('archive-native-file', 'a program by its first bytes', {
    files: { 'assets/picture.png': Buffer.from('\x7fELF\x02\x01', 'latin1') },
  }),
  filled('archive-native-file', 'a Windows program under another name', {
    files: { 'assets/picture.png': Buffer.from('MZ\x90\0\x03\0', 'latin1') },
  }),
  filled('archive-file-too-large', 'a huge manifest', {
    files: { 'manifest.json': ' '.repeat(limits.manifestBytes.max + 1) },
  }),
  filled('archive-file-too-large', 'scripts that are huge together', {
    files: {
      'dist/chunks/a.js': '//'.padEnd(limits.scriptBytes.max / 2, 'a'),
      'dist/chunks/b.js': '//'.padEnd(limits.scriptBytes.max / 2, 'b'),
    },
  }),
  filled('archive-file-encoding', 'a README in Latin-1', { files: { 'README.md': latin1 } }),
  filled('archive-more-findings', 'more findings than anybody reads', {
    files: Object.fromEntries(
      Array.from({ length: limits.findings.max + 1 }, (_, index) => [`assets/${index}.sh`, '']),
    ),
  }),
]

const fixtures: HostileArchive[] = [...codeFixtures, ...listingFixtures].map(({ code, files }, index) =>
  filled(code, `fixture ${index + 1}`, { files }),
)

/** Limits of a manifest alone; in a package, the limits of the package say it first. */
const saidBefore = ['manifest-too-large', 'manifest-more-findings']
const manifests: HostileArchive[] = Object.entries(manifestFixtures)
  .filter(([code]) => !saidBefore.includes(code))
  .flatMap(([code, fixtures]) =>
    fixtures.map(({ text }, index) => filled(code, `fixture ${index + 1}`, { files: { 'manifest.json': text } })),
  )

const bare: Platform = {
  name: 'Bare',
  version: '1.0.0',
  extensionPoints: [],
  permissions: [],
  shared: { react: '^19.0.0' },
}
const onBare = (code: string, name: string, manifest: Partial<Manifest>): HostileArchive => ({
  ...filled(code, name, { manifest: { ...goodManifest, ...manifest } }),
  platform: bare,
})
const platforms: HostileArchive[] = [
  onBare('compatibility-platform-version', 'for another platform', { engines: { plexica: '^2.0.0' } }),
  onBare('compatibility-extension-point', 'for a place that is not there', {}),
  onBare('compatibility-permission', 'with a permission that nobody can give', {}),
  onBare('compatibility-hook', 'waiting for what never happens', {
    backend: { entry: 'dist/backend.mjs', hooks: ['order.paid'] },
  }),
  onBare('compatibility-shared', 'for another React', { shared: { react: '^17.0.0' } }),
  onBare('compatibility-not-shared', 'leaving out what nobody brings', { shared: { lodash: '^4.0.0' } }),
]

/**
 * At least one package for each rule that a package is held against. The rules of dependencies are not among them, since
 * an inspection does not know what a tenant has installed.
 */
export const hostileArchives: readonly HostileArchive[] = [
  ...crookedArchives,
  ...contents,
  ...fixtures,
  ...manifests,
  ...platforms,
]
