import type { SubmissionDelta } from '@plexica/api'
import type { BundledDependency, Capabilities, PackageFile } from '@plexica/inspect'
import { packageLayout as layout, type Manifest } from '@plexica/manifest-schema'
import { browserFiles } from '../bundles/bundle-files.ts'
import type { VersionRow } from '../db/tables.ts'
import { type Compared, componentFields, configurationFields, type Fields, manifestFields } from './manifest-fields.ts'

/** Entries of one list of a delta; the total says how many there are. */
export const mostEntries = 200

export type ComparedVersion = Pick<VersionRow, 'manifest' | 'files' | 'dependencies' | 'capabilities' | 'packed_bytes'>
export type VersionDelta = Omit<SubmissionDelta, 'submission' | 'pluginId' | 'version' | 'digest' | 'base'>

export type CapabilityDelta = Pick<VersionDelta, 'permissions' | 'hosts' | 'parts'>

/** What differs between two versions of a plugin. Against none, everything is new. */
export function versionDelta(before: ComparedVersion | undefined, after: ComparedVersion): VersionDelta {
  const old = before && contentsOf(before)
  const now = contentsOf(after)
  return {
    manifest: changesOf(old?.manifest, now.manifest),
    ...capabilityDelta(before, after),
    files: changesOf(old?.files, now.files),
    dependencies: changesOf(old?.dependencies, now.dependencies),
    configuration: changesOf(old?.configuration, now.configuration),
    components: changesOf(old?.components, now.components),
    bundleBytes: { before: old?.bundleBytes ?? null, after: now.bundleBytes },
    packedBytes: { before: before?.packed_bytes ?? null, after: after.packed_bytes },
  }
}

/** What a version may do that the one before could not, and the other way round. */
export function capabilityDelta(
  before: Pick<VersionRow, 'manifest' | 'capabilities'> | undefined,
  after: Pick<VersionRow, 'manifest' | 'capabilities'>,
): CapabilityDelta {
  const old = before && capabilitiesOf(before)
  const now = capabilitiesOf(after)
  return {
    permissions: namesOf(old?.permissions, now.permissions),
    hosts: namesOf(old?.hosts, now.hosts),
    parts: {
      added: now.parts.filter((part) => !old?.parts.includes(part)),
      removed: (old?.parts ?? []).filter((part) => !now.parts.includes(part)),
    },
  }
}

function capabilitiesOf(version: Pick<VersionRow, 'manifest' | 'capabilities'>) {
  const manifest: Manifest = JSON.parse(version.manifest)
  const observed: Capabilities = JSON.parse(version.capabilities)
  return {
    // What the code was seen to do counts like what is declared.
    permissions: new Set([...(manifest.requiredPermissions ?? []), ...observed.permissions]),
    hosts: new Set([...(manifest.network ?? []), ...observed.hosts]),
    parts: (['frontend', 'backend'] as const).filter((part) => manifest[part] !== undefined),
  }
}

function contentsOf(version: ComparedVersion) {
  const manifest: Manifest = JSON.parse(version.manifest)
  const files: PackageFile[] = JSON.parse(version.files)
  const scripts = browserFiles(version).filter(({ path }) => path.startsWith(layout.distFolder))
  return {
    manifest: manifestFields(manifest),
    files: new Map(files.map(({ path, integrity, bytes }) => [path, { identity: integrity, value: bytes }])),
    dependencies: dependencyVersions(JSON.parse(version.dependencies)),
    configuration: configurationFields(manifest),
    components: componentFields(manifest),
    bundleBytes: scripts.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** A package may be bundled in several versions. */
function dependencyVersions(dependencies: readonly BundledDependency[]): Map<string, Compared<string>> {
  const versions = new Map<string, string[]>()
  for (const { name, version } of dependencies) versions.set(name, [...(versions.get(name) ?? []), version])
  return new Map(
    [...versions].map(([name, all]) => {
      const value = all.toSorted().join(', ')
      return [name, { identity: value, value }]
    }),
  )
}

function changesOf<Value>(before: Fields<Value> = new Map(), after: Fields<Value>) {
  const added = [...after].filter(([name]) => !before.has(name)).map(([name, { value }]) => ({ name, value }))
  const removed = [...before].filter(([name]) => !after.has(name)).map(([name, { value }]) => ({ name, value }))
  const changed = [...after].flatMap(([name, { identity, value }]) => {
    const old = before.get(name)
    return old === undefined || old.identity === identity ? [] : [{ name, before: old.value, after: value }]
  })
  return { added: cut(added.sort(byName)), removed: cut(removed.sort(byName)), changed: cut(changed.sort(byName)) }
}

function namesOf(before: ReadonlySet<string> = new Set(), after: ReadonlySet<string>) {
  const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    cut([...some].filter((name) => !others.has(name)).sort())
  return { added: without(after, before), removed: without(before, after) }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}

function cut<Item>(items: Item[]): { items: Item[]; total: number } {
  return { items: items.slice(0, mostEntries), total: items.length }
}
