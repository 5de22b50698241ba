import { readFile } from 'node:fs/promises'
import { type Finding, packageLayout as layout, type Manifest } from '@plexica/manifest-schema/validate'
import type { Build } from '../build/build-plugin.ts'
import { sbomOf } from '../build/sbom.ts'
import { pluginFinding } from '../plugin/plugin-rules.ts'
import type { SourceFile } from './list-files.ts'
import { fitsHeader, type PackedArchive, packArchive } from './pack-archive.ts'

export interface PackRequest {
  /** As it goes into the package, see `packedManifest`. */
  manifest: Manifest
  files: readonly SourceFile[]
  /** Contents that replace those on disk, or stand where there is no file. */
  texts: ReadonlyMap<string, string>
  /** Awaited only when everything before it is packed. */
  build: Promise<Build>
}

/** The manifest as the package has it: entries name the built files, and what only an editor reads is gone. */
export function packedManifest(manifest: Manifest, version: string): Manifest {
  const { $schema: _, ...rest } = manifest
  return {
    ...rest,
    version,
    ...(manifest.frontend ? { frontend: { ...manifest.frontend, entry: layout.bundle } } : {}),
    ...(manifest.backend ? { backend: { ...manifest.backend, entry: layout.backend } } : {}),
  }
}

/** Packs in the order of the paths' bytes. What is not built is compressed while esbuild is still at work. */
export function packPlugin({ manifest, files, texts, build }: PackRequest): PackedArchive {
  async function* entries(): AsyncGenerator<{ path: string; content: Uint8Array }> {
    const sources = [
      ...files
        .filter(({ path }) => !texts.has(path))
        .map((source) => ({ path: source.path, read: () => readSource(source) })),
      ...[...texts].map(([path, text]) => ({ path, read: async () => Buffer.from(text) })),
    ]
    const isBefore = ({ path }: { path: string }) => compareBytes(path, layout.distFolder) < 0
    yield* readInOrder(sources.filter(isBefore))
    const built = await build
    const made = [
      ...built.files.map(({ path, content }) => ({ path, read: async () => content })),
      { path: layout.manifest, read: async () => Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
      { path: layout.sbom, read: async () => Buffer.from(sbomOf(manifest, built.packages)) },
    ]
    yield* readInOrder([...sources.filter((source) => !isBefore(source)), ...made])
  }
  return packArchive(entries())
}

/** Paths that no ustar header can hold. */
export function pathFindings(paths: readonly string[]): Finding[] {
  return paths
    .filter((path) => !fitsHeader(path))
    .map((path) => pluginFinding('plugin-path-too-long', `The path \`${path}\` is too long.`, { path }))
}

interface Readable {
  path: string
  read: () => Promise<Uint8Array>
}

/** So many files are read ahead of the one that is packed. */
const readAhead = 16

async function* readInOrder(files: readonly Readable[]): AsyncGenerator<{ path: string; content: Uint8Array }> {
  const sorted = files.toSorted((a, b) => compareBytes(a.path, b.path))
  const reading: Promise<Uint8Array>[] = []
  for (const [index, { path }] of sorted.entries()) {
    for (const next of sorted.slice(index + reading.length, index + readAhead)) {
      const content = next.read()
      content.catch(() => undefined)
      reading.push(content)
    }
    yield { path, content: (await reading.shift()) as Uint8Array }
  }
}

async function readSource({ file, prose }: SourceFile): Promise<Uint8Array> {
  const content = await readFile(file)
  return prose && content.includes('\r\n')
    ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : content
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
