import {
  type Finding,
  findingsOf,
  packageLayout as layout,
  limits,
  type Manifest,
  type RuleTable,
} from '@plexica/manifest-schema/validate'
import type { PackageFile } from '../inspection.ts'
import { foldPath } from './path-rules.ts'

/** What a package must hold, and what it should not. */
export const contentRules = {
  'archive-manifest-missing': {
    severity: 'error',
    summary: `The package has no \`${layout.manifest}\` at its root.`,
    fix: 'Pack the plugin folder with `plexica pack`; the manifest belongs at the root of the package.',
  },
  'archive-second-manifest': {
    severity: 'warning',
    summary: `Another file looks like the manifest. Only \`${layout.manifest}\` at the root is read.`,
    fix: 'Remove or rename it.',
  },
  'archive-file-missing': {
    severity: 'error',
    summary: 'The manifest names a file that the package does not hold.',
    fix: 'Add the file to the plugin folder or correct the path in the manifest, then build the package again.',
  },
  'archive-entry-elsewhere': {
    severity: 'error',
    summary: `In a package the frontend is \`${layout.bundle}\` and the backend \`${layout.backend}\`: what is loaded is what was scanned.`,
    fix: 'Pack the plugin folder with `plexica pack`, which writes the built files and names them in the manifest.',
  },
  'archive-unexpected-file': {
    severity: 'warning',
    summary: `A file outside \`${layout.distFolder}\`, \`${layout.assetsFolder}\` and the known files at the root. Nobody will use it.`,
    fix: `Remove it, or move it to \`${layout.assetsFolder}\` if the plugin needs it.`,
  },
  'archive-native-file': {
    severity: 'warning',
    summary: 'A program for an operating system. Neither the page nor the platform runs it.',
    fix: 'Remove it from the package.',
  },
  'archive-file-too-large': {
    severity: 'error',
    summary:
      'A file that is read as a whole (manifest, README, CHANGELOG, SBOM, scripts, SVG) is larger than its limit.',
    fix: 'Make the file smaller.',
  },
  'archive-file-encoding': {
    severity: 'error',
    summary: 'A file that is read as text is not UTF-8.',
    fix: 'Save the file as UTF-8.',
  },
  'archive-more-findings': {
    severity: 'info',
    summary: `More than ${limits.findings.max} findings. ${limits.findings.reason}`,
    fix: 'Correct the findings shown, then check again.',
  },
} as const satisfies RuleTable

export const contentFinding = findingsOf(contentRules)

/** What a package lacks or holds too much of. Without a manifest, what it would name is unknown. */
export function contentFindings(files: readonly PackageFile[], manifest: Manifest | undefined): Finding[] {
  const paths = files.map((file) => file.path)
  return [
    ...manifestFindings(paths),
    ...missingFindings(new Set(paths), manifest),
    ...entryFindings(manifest),
    ...unexpectedFindings(paths, manifest),
  ]
}

function entryFindings(manifest: Manifest | undefined): Finding[] {
  const entries = [
    { key: 'frontend', entry: manifest?.frontend?.entry, built: layout.bundle },
    { key: 'backend', entry: manifest?.backend?.entry, built: layout.backend },
  ]
  return entries.flatMap(({ key, entry, built }) => {
    if (entry === undefined || entry === built) return []
    const message = `${key}.entry is \`${entry}\`; in a package it is \`${built}\`.`
    return contentFinding('archive-entry-elsewhere', message, { path: layout.manifest })
  })
}

function manifestFindings(paths: readonly string[]): Finding[] {
  const inData = (path: string) => path.startsWith(layout.distFolder) || path.startsWith(layout.assetsFolder)
  const others = paths.filter(
    (path) =>
      path !== layout.manifest && foldPath(path.slice(path.lastIndexOf('/') + 1)) === layout.manifest && !inData(path),
  )
  const second = others.map((path) =>
    contentFinding('archive-second-manifest', `\`${path}\` looks like the manifest but is not read.`, { path }),
  )
  if (paths.includes(layout.manifest)) return second
  const hint = others[0] === undefined ? '' : ` \`${others[0]}\` is not it.`
  return [contentFinding('archive-manifest-missing', `The package has no \`${layout.manifest}\`.${hint}`), ...second]
}

/** Files that the manifest names, with the key that names them. */
function namedFiles(manifest: Manifest): [key: string, path: string][] {
  const named: [key: string, path: string | undefined][] = [
    ['frontend.entry', manifest.frontend?.entry],
    ['backend.entry', manifest.backend?.entry],
    ['icon', manifest.icon],
    ['setup', manifest.setup],
    ['license', /^SEE LICENSE IN (.+)$/.exec(manifest.license)?.[1]],
    ...(manifest.screenshots ?? []).map((shot, index): [string, string] => [`screenshots[${index}].path`, shot.path]),
  ]
  return named.flatMap(([key, path]) => (path === undefined ? [] : [[key, path]]))
}

function missingFindings(paths: ReadonlySet<string>, manifest: Manifest | undefined): Finding[] {
  if (manifest === undefined) return []
  return namedFiles(manifest)
    .filter(([, path]) => !paths.has(path))
    .map(([key, path]) =>
      contentFinding('archive-file-missing', `The package lacks \`${path}\`, which \`${key}\` names.`, {
        path: layout.manifest,
      }),
    )
}

const rootFiles = [layout.manifest, layout.readme, layout.changelog, layout.sbom] as const
const licenseName = /^licen[cs]e(\.(md|txt))?$/i

/** One finding for each name at the root, so that a forgotten folder is one finding and not thousands. */
function unexpectedFindings(paths: readonly string[], manifest: Manifest | undefined): Finding[] {
  const expected = new Set<string>([...rootFiles, ...(manifest ? namedFiles(manifest).map(([, path]) => path) : [])])
  const counts = new Map<string, number>()
  for (const path of paths) {
    if (expected.has(path) || licenseName.test(path)) continue
    if (path.startsWith(layout.distFolder) || path.startsWith(layout.assetsFolder)) continue
    const slash = path.indexOf('/')
    const name = slash === -1 ? path : path.slice(0, slash + 1)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([path, count]) => {
    const what = path.endsWith('/') ? `\`${path}\` (${count} ${count === 1 ? 'file' : 'files'})` : `\`${path}\``
    return contentFinding('archive-unexpected-file', `Nobody will use ${what}.`, { path })
  })
}

const nativeName = /\.(node|exe|dll|so(\.\d+)*|dylib|sh|bash|bat|cmd|ps1|com|msi|scr|jar|app|deb|rpm|dmg|apk|vbs)$/i

export function hasProgramName(path: string): boolean {
  return nativeName.test(path)
}

/** Whether the first bytes of a file are those of ELF, Mach-O (also fat) or PE (`MZ`, then binary data). */
export function startsLikeProgram(start: Buffer): boolean {
  const magic = start.toString('hex', 0, 4)
  if (['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'].includes(magic)) return true
  return magic.startsWith('4d5a') && start.includes(0)
}
