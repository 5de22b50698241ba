import type { SubmissionDelta, VersionDetail } from '@plexica/api'
import { packageLayout as layout } from '@plexica/manifest-schema/validate'

type PackageFiles = VersionDetail['files']

export interface FileChange {
  readonly path: string
  readonly change: 'added' | 'changed' | 'removed'
  /** Bytes; null where the file is not there. */
  readonly before: number | null
  readonly after: number | null
}

/** One file that differs. `patch` is a unified diff, or null with a note that says why there is none. */
export interface FileDiff extends FileChange {
  readonly patch: string | null
  readonly note: string | null
}

/** Against the version that was approved last; without one every file is new. */
export interface Diff {
  readonly base: SubmissionDelta['base']
  readonly files: readonly FileDiff[]
}

/**
 * Files whose bytes differ: the manifest first, then what people wrote, then what a build made. `skipped` says why the
 * text of a file is not compared.
 */
export function changedFiles(before: PackageFiles, after: PackageFiles): (FileChange & { skipped?: string })[] {
  const old = new Map(before.map((file) => [file.path, file]))
  const now = new Map(after.map((file) => [file.path, file]))
  const paths = [...new Set([...old.keys(), ...now.keys()])]
  return paths
    .filter((path) => old.get(path)?.integrity !== now.get(path)?.integrity)
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1))
    .map((path) => ({
      path,
      change: !old.has(path) ? 'added' : now.has(path) ? 'changed' : 'removed',
      before: old.get(path)?.bytes ?? null,
      after: now.get(path)?.bytes ?? null,
      ...(path.endsWith('.map') ? { skipped: 'not shown: a source map' } : {}),
    }))
}

function placeOf(path: string): number {
  if (path === layout.manifest) return 0
  return path.startsWith(layout.distFolder) || path === layout.sbom ? 2 : 1
}
