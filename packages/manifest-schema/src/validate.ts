/**
 * All of this package that runs without TypeBox: rules, compatibility, names, limits and types. Whatever has to start
 * quickly imports `@plexica/manifest-schema/validate`; the schemas themselves are in the package's main entry.
 */
export { compatibility, compatibilityRules } from './compatibility.ts'
export {
  type Finding,
  findingsOf,
  hasErrors,
  type Place,
  type Rule,
  type RuleTable,
  type Severity,
  sortFindings,
} from './finding.ts'
export { type FormatName, formats } from './formats.ts'
export { digestPattern, type Form, forms, pluginIdPattern, versionPattern } from './forms.ts'
export { type Limit, limits } from './limits.ts'
export type { Author, Component, Manifest, Pricing } from './manifest.ts'
export { type ManifestCode, manifestRules } from './manifest-rules.ts'
export {
  type Category,
  type ConfigProperty,
  type ConfigSchema,
  type ConfigType,
  categories,
  configTypes,
  type Field,
  type FieldType,
  fieldTypes,
} from './manifest-words.ts'
export { packageLayout } from './package-layout.ts'
export type { Platform } from './platform.ts'
export { type PlatformCode, platformRules } from './platform-rules.ts'
export { canonicalId, isReservedId, resembledIds, reservedIds } from './plugin-id.ts'
export { readManifest } from './read-manifest.ts'
export { readPlatform } from './read-platform.ts'
export { isShared, sharedModules } from './shared-modules.ts'
export { compareVersions, isPrerelease, latestVersion, resolveRange, versionFits } from './version-order.ts'
export { codePointName, hidden } from './visible-text.ts'
