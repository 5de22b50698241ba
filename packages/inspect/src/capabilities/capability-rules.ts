import { dirname, join } from 'node:path/posix'
import {
  type Finding,
  findingsOf,
  type Manifest,
  packageLayout,
  type RuleTable,
} from '@plexica/manifest-schema/validate'
import { isLoopback } from '../code/host-name.ts'
import type { ScriptScan } from '../code/scan-script.ts'

/** What the scripts were seen to do, against what the manifest declares. */
export const capabilityRules = {
  'capability-host-undeclared': {
    severity: 'error',
    summary: 'A script contacts a host that the manifest does not declare, so that nobody could agree to it.',
    fix: 'Add the host to `network` in the manifest, or remove the request.',
  },
  'capability-host-unseen': {
    severity: 'info',
    summary: 'The manifest declares a host that no script was seen to contact.',
    fix: 'Remove the host from `network`, unless its address is put together at run time.',
  },
  'capability-permission-undeclared': {
    severity: 'error',
    summary: 'A script asks for a permission that the manifest does not declare: the host page will refuse it.',
    fix: 'Add the permission to `requiredPermissions` in the manifest, or remove the request.',
  },
  'capability-permission-unseen': {
    severity: 'info',
    summary: 'The manifest asks for a permission that no script was seen to use.',
    fix: 'Remove the permission from `requiredPermissions`: the less a plugin asks for, the sooner it is approved.',
  },
  'capability-export-missing': {
    severity: 'error',
    summary: 'A component of the manifest names an export that the bundle does not have, so it could never be shown.',
    fix: 'Export the component from the frontend entry, or correct `export` in the manifest.',
  },
} as const satisfies RuleTable

const finding = findingsOf(capabilityRules)
const inManifest = { path: packageLayout.manifest }

/** Compares the scans of all scripts, by path, with the manifest. */
export function capabilityFindings(manifest: Manifest, scans: ReadonlyMap<string, ScriptScan>): Finding[] {
  return [
    ...hostFindings(manifest.network ?? [], scans),
    ...permissionFindings(manifest.requiredPermissions ?? [], scans),
    ...exportFindings(manifest.components ?? [], scans),
  ]
}

function hostFindings(declared: readonly string[], scans: ReadonlyMap<string, ScriptScan>): Finding[] {
  const contacted = gathered(scans, ({ hosts }) => hosts)
  const undeclared = contacted.filter(({ name }) => !declared.some((host) => covers(host, name)))
  const unseen = declared.filter((host) => !contacted.some(({ name }) => covers(host, name)))
  return [
    ...undeclared.map(({ name, path }) =>
      finding('capability-host-undeclared', `${name} is contacted but not declared in the manifest.`, { path }),
    ),
    ...unseen.map((host) =>
      finding('capability-host-unseen', `${host} is declared, but no script was seen to contact it.`, inManifest),
    ),
  ]
}

function permissionFindings(declared: readonly string[], scans: ReadonlyMap<string, ScriptScan>): Finding[] {
  const used = gathered(scans, ({ permissions }) => permissions)
  const undeclared = used.filter(({ name }) => !declared.includes(name))
  const unseen = declared.filter((permission) => !used.some(({ name }) => name === permission))
  return [
    ...undeclared.map(({ name, path }) =>
      finding('capability-permission-undeclared', `${name} is used but not declared in the manifest.`, { path }),
    ),
    ...unseen.map((permission) =>
      finding(
        'capability-permission-unseen',
        `${permission} is declared, but no script was seen to use it.`,
        inManifest,
      ),
    ),
  ]
}

function exportFindings(
  components: NonNullable<Manifest['components']>,
  scans: ReadonlyMap<string, ScriptScan>,
): Finding[] {
  const exported = exportsOf(packageLayout.bundle, scans)
  // Without a bundle, or with one that could not be read, that is said elsewhere.
  if (exported === undefined) return []
  return components
    .filter((component) => !exported.has(component.export))
    .map(({ name, export: wanted }) =>
      finding(
        'capability-export-missing',
        `The component ${name} names the export ${wanted}, which ${packageLayout.bundle} does not have.`,
        inManifest,
      ),
    )
}

/** The names that a module exports; where it exports all of another one, the names of the modules it imports. */
function exportsOf(path: string, scans: ReadonlyMap<string, ScriptScan>): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  const seen = new Set<string>()
  const waiting = [path]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const scan = scans.get(next)
    if (scan === undefined || isUnread(scan)) {
      if (next === path) return undefined
      continue
    }
    for (const name of scan.exports) if (next === path || name !== 'default') names.add(name)
    if (!scan.exports.includes('*')) continue
    for (const module of scan.imports) {
      const file = resolved(next, module)
      if (file === undefined || seen.has(file)) continue
      seen.add(file)
      waiting.push(file)
    }
  }
  return names
}

function isUnread({ findings }: ScriptScan): boolean {
  return findings.some(({ code }) => code === 'code-unparsable' || code === 'code-too-deep')
}

/** The path of a relative import; anything else does not lead to a file of the package. */
function resolved(from: string, module: string): string | undefined {
  return /^\.{1,2}\//.test(module) ? join(dirname(from), module) : undefined
}

interface Seen {
  name: string
  /** The first script that does it. */
  path: string
}

function gathered(scans: ReadonlyMap<string, ScriptScan>, list: (scan: ScriptScan) => readonly string[]): Seen[] {
  const first = new Map<string, string>()
  for (const [path, scan] of [...scans].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const name of list(scan)) if (!first.has(name)) first.set(name, path)
  }
  return [...first].map(([name, path]) => ({ name, path }))
}

/** Whether a declared host covers a contacted one; `*.example.com` covers all below `example.com`, but not itself. */
function covers(declared: string, contacted: string): boolean {
  if (declared === 'localhost') return isLoopback(contacted)
  if (declared.startsWith('*.')) return contacted.endsWith(declared.slice(1))
  return declared === contacted
}
