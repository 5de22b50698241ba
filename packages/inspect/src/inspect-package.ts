import { compatibility, packageLayout as layout, type Platform, readManifest } from '@plexica/manifest-schema/validate'
import { contentFindings } from './archive/content-rules.ts'
import { readArchive } from './archive/read-archive.ts'
import { capabilityFindings } from './capabilities/capability-rules.ts'
import { foreignImportFindings } from './code/foreign-imports.ts'
import type { ScriptScan } from './code/scan-script.ts'
import type { Capabilities, Inspection } from './inspection.ts'
import { listingFindings } from './listing/listing-rules.ts'
import { ContentReader } from './read-contents.ts'

export interface InspectContext {
  /** When given, the manifest is also held against this host product. */
  platform?: Platform
}

/**
 * All that can be known of a package from its bytes. Reads the source once and keeps little of it, so memory does not
 * grow with the package: a chunk is used until the next one is asked for. Never rejects because of the bytes, only with
 * the error of a failing source. The answer does not depend on the chunks in which the bytes come. Where reading stops
 * at a limit, the source is closed there.
 */
export async function inspectPackage(
  source: AsyncIterable<Uint8Array>,
  context: InspectContext = {},
): Promise<Inspection> {
  const contents = new ContentReader()
  const archive = await readArchive(source, (path, bytes) => contents.open(path, bytes))
  const { complete, findings: archiveFindings, ...reading } = archive
  // What was seen before a fault in the gzip data depends on chance, so none of it is told.
  const { findings, scans, texts } = reading.digest === undefined ? new ContentReader() : contents
  findings.add(archiveFindings)

  const manifestText = texts.get(layout.manifest)
  const read = manifestText === undefined ? { findings: [] } : readManifest(manifestText, layout.manifest)
  const { manifest } = read
  const capabilities = capabilitiesOf([...scans.values()])
  const readme = texts.get(layout.readme)
  findings.add(read.findings)
  findings.add(foreignImportFindings(manifest, scans.values()))
  if (manifest !== undefined) {
    findings.add(capabilityFindings(manifest, scans))
    findings.add(compatibility(manifest, context.platform))
  }
  const listing = listingFindings({
    manifest,
    files: reading.files,
    readme,
    changelog: texts.get(layout.changelog),
    sbom: texts.get(layout.sbom),
  })
  // Of an archive that was not seen as a whole, nobody can say what it lacks.
  if (complete) {
    findings.add(contentFindings(reading.files, manifest))
    findings.add(listing.findings)
  }
  return {
    ...reading,
    ...(manifest === undefined ? {} : { manifest }),
    ...(readme === undefined ? {} : { readme }),
    ...(listing.changelog === undefined ? {} : { changelog: listing.changelog }),
    dependencies: listing.dependencies,
    capabilities,
    quality: listing.quality,
    findings: findings.sorted(),
  }
}

function capabilitiesOf(scans: readonly ScriptScan[]): Capabilities {
  const union = (lists: readonly string[][]) => [...new Set(lists.flat())].sort()
  return { hosts: union(scans.map((scan) => scan.hosts)), permissions: union(scans.map((scan) => scan.permissions)) }
}
