import type { BundledDependency } from '@plexica/inspect'
import type { Manifest } from '@plexica/manifest-schema/validate'
import type { Delta } from '../review/say-delta.ts'
import type { LastRelease } from './last-release.ts'
import type { Packed } from './publish-report.ts'

type Values<Value> = ReadonlyMap<string, { identity: string; value: Value }>

/** What differs between a package and the last published version, as far as this machine can know it. */
export function releaseDelta(
  { detail, dependencies }: LastRelease,
  { manifest, inspection }: Pick<Packed, 'manifest' | 'inspection'>,
): Delta {
  const { manifest: old } = detail
  const parts = { before: partsOf(old), after: partsOf(manifest) }
  return {
    permissions: namesOf(old.requiredPermissions, manifest.requiredPermissions),
    hosts: namesOf(old.network, manifest.network),
    parts: {
      added: parts.after.filter((part) => !parts.before.includes(part)),
      removed: parts.before.filter((part) => !parts.after.includes(part)),
    },
    ...(dependencies ? { dependencies: changesOf(versionsOf(dependencies), versionsOf(inspection.dependencies)) } : {}),
    files: changesOf(filesOf(detail.files), filesOf(inspection.files)),
    packedBytes: { before: detail.packedBytes, after: inspection.packedBytes },
  }
}

function partsOf(manifest: Manifest) {
  return (['frontend', 'backend'] as const).filter((part) => manifest[part] !== undefined)
}

function filesOf(files: readonly { path: string; bytes: number; integrity: string }[]): Values<number> {
  return new Map(files.map(({ path, bytes, integrity }) => [path, { identity: integrity, value: bytes }]))
}

/** A package may be bundled in several versions. */
function versionsOf(dependencies: readonly BundledDependency[]): Values<string> {
  const versions = new Map<string, { identity: string; value: string }>()
  for (const { name, version } of dependencies) {
    const value = [versions.get(name)?.value, version].filter(Boolean).join(', ')
    versions.set(name, { identity: value, value })
  }
  return versions
}

function namesOf(before: readonly string[] = [], after: readonly string[] = []) {
  return {
    added: whole(after.filter((name) => !before.includes(name))),
    removed: whole(before.filter((name) => !after.includes(name))),
  }
}

function changesOf<Value>(before: Values<Value>, after: Values<Value>) {
  const only = (some: Values<Value>, others: Values<Value>) =>
    whole([...some].filter(([name]) => !others.has(name)).map(([name, { value }]) => ({ name, value })))
  const changed = [...after].flatMap(([name, { identity, value }]) => {
    const old = before.get(name)
    return old === undefined || old.identity === identity ? [] : [{ name, before: old.value, after: value }]
  })
  return { added: only(after, before), removed: only(before, after), changed: whole(changed) }
}

function whole<Item>(items: Item[]): { items: Item[]; total: number } {
  return { items, total: items.length }
}
