import { forms } from '@plexica/manifest-schema/validate'
import type { PluginSource } from '../plugin/open-plugin.ts'
import { type Build, buildPlugin } from './build-plugin.ts'

/**
 * Begins to build before the manifest has been judged, which takes as long as starting esbuild does. What the manifest
 * names is built only when it is a plain path; anything else is a finding of the manifest's own rules.
 */
export function startBuild({ folder, manifestText }: PluginSource): Promise<Build> {
  return buildPlugin({ folder, ...entriesOf(manifestText) })
}

/** The sources that a manifest names as entries and the packages that it leaves out, whatever else may be wrong with it. */
export function entriesOf(manifestText: string | undefined): {
  frontend: string | undefined
  backend: string | undefined
  shared: readonly string[]
} {
  let manifest: { frontend?: { entry?: unknown }; backend?: { entry?: unknown }; shared?: unknown } | null = null
  try {
    manifest = JSON.parse(manifestText ?? '')
  } catch {
    // Not JSON: the manifest's rules say so, with the line.
  }
  return {
    frontend: plainPath(manifest?.frontend?.entry),
    backend: plainPath(manifest?.backend?.entry),
    shared: Object.keys(Object(manifest?.shared)).filter((name) => isPackageName.test(name)),
  }
}

/** esbuild takes a `*` in a name for a pattern. */
const isPackageName = new RegExp(forms.packageName.pattern)

function plainPath(entry: unknown): string | undefined {
  const plain = typeof entry === 'string' && /^[^/\\]/.test(entry) && !entry.split(/[/\\]/).includes('..')
  return plain ? entry : undefined
}
