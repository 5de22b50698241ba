import type { Inspection } from '@plexica/inspect'
import {
  type Finding,
  hasErrors,
  packageLayout as layout,
  limits,
  type Manifest,
} from '@plexica/manifest-schema/validate'
import type { Build } from '../build/build-plugin.ts'
import { readTextFile } from '../read-file.ts'
import { type Background, inBackground } from '../run-steps.ts'
import { withChangelogSection } from './changelog.ts'
import { listFiles, type SourceFile } from './list-files.ts'
import type { PackedArchive, PackedFile } from './pack-archive.ts'
import { packedManifest, packPlugin, pathFindings } from './pack-plugin.ts'

export interface PackageRequest {
  folder: string
  manifest: Manifest
  build: Promise<Build>
  /** Instead of the manifest's. */
  version?: string | undefined
  /** For CHANGELOG.md, when it has no section for the version. */
  changelog?: string | undefined
}

/** A package on its way: packing and inspecting go on while esbuild works and the console is busy. */
export interface StartedPackage {
  /** What the package will say about itself. */
  readonly manifest: Manifest
  readonly archive: PackedArchive
  /** What was found while listing; with an error among them, do not wait for the archive. */
  readonly findings: readonly Finding[]
  readonly packing: Background<{ digest: string; files: readonly PackedFile[] }>
  readonly inspecting: Background<Inspection>
}

export async function startPackage(request: PackageRequest): Promise<StartedPackage> {
  const { folder, build } = request
  const manifest = packedManifest(request.manifest, request.version ?? request.manifest.version)
  const listed = await listFiles(folder, manifest)
  const texts = await ownTexts(request, manifest.version, listed.files)
  const findings = [...listed.findings, ...pathFindings(listed.files.map(({ path }) => path))]
  const usable = build.then((built) => {
    if (hasErrors([...findings, ...built.findings])) throw new Error('packing was given up: there are errors')
    return built
  })
  usable.catch(() => undefined)
  const archive = packPlugin({ manifest, files: listed.files, texts, build: usable })
  const inspection = import('@plexica/inspect').then(({ inspectPackage }) => inspectPackage(archive.members()))
  return { manifest, archive, findings, packing: inBackground(archive.done), inspecting: inBackground(inspection) }
}

/** Texts of the package that are not on disk in this form. */
async function ownTexts({ changelog }: PackageRequest, version: string, files: readonly SourceFile[]) {
  if (changelog === undefined) return new Map<string, string>()
  const text = readChangelog(files)
  if ((await findSection(text, version)) !== undefined) return new Map<string, string>()
  return new Map([[layout.changelog, withChangelogSection(text, version, changelog)]])
}

function readChangelog(files: readonly SourceFile[]): string | undefined {
  const found = files.find(({ path }) => path === layout.changelog)
  return found && readTextFile(found.file, limits.changelogBytes.max)
}

/** What the plugin's CHANGELOG.md says about a version. */
export async function findChangelog(folder: string, manifest: Manifest, version: string): Promise<string | undefined> {
  const { files } = await listFiles(folder, manifest)
  return findSection(readChangelog(files), version)
}

async function findSection(changelog: string | undefined, version: string): Promise<string | undefined> {
  if (changelog === undefined) return undefined
  const { changelogSection } = await import('@plexica/inspect')
  return changelogSection(changelog, version)
}
