import type { SubmissionDelta, VersionDetail } from '@plexica/api'

export interface ListedFile {
  readonly path: string
  readonly mark: 'added' | 'removed' | 'changed' | 'same'
  /** Bytes; null where the file is not there. */
  readonly before: number | null
  readonly after: number | null
}

/** The manifest first, then what people wrote, then what a build made. Without a version before, all is new. */
export function listFiles(files: VersionDetail['files'], delta: SubmissionDelta | null): ListedFile[] {
  const isFirst = delta !== null && delta.base === null
  const added = new Set(delta?.files.added.items.map(({ name }) => name))
  const changed = new Map(delta?.files.changed.items.map(({ name, before }) => [name, before]))
  const removed = delta?.files.removed.items ?? []
  const there = files.map(({ path, bytes }): ListedFile => {
    if (isFirst || added.has(path)) return { path, mark: 'added', before: null, after: bytes }
    const before = changed.get(path)
    if (before !== undefined) return { path, mark: 'changed', before, after: bytes }
    return { path, mark: 'same', before: bytes, after: bytes }
  })
  const gone = removed.map(
    ({ name, value }): ListedFile => ({ path: name, mark: 'removed', before: value, after: null }),
  )
  return [...there, ...gone].toSorted((a, b) => placeOf(a.path) - placeOf(b.path) || (a.path < b.path ? -1 : 1))
}

function placeOf(path: string): number {
  if (path === 'manifest.json') return 0
  return path.startsWith('dist/') || path === 'sbom.cdx.json' ? 2 : 1
}
