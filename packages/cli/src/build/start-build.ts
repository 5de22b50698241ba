import type { PluginSource } from '../plugin/open-plugin.ts'
import { type Build, buildPlugin } from './build-plugin.ts'

/**
 * Begins to build before the manifest has been judged, which takes as long as starting esbuild does. What the manifest
 * names is built only when it is a plain path; anything else is a finding of the manifest's own rules.
 */
export function startBuild({ folder, manifestText }: PluginSource): Promise<Build> {
  const { frontend, backend } = entriesOf(manifestText)
  return buildPlugin({ folder, frontend, backend })
}

/** The sources that a manifest names as entries, whatever else may be wrong with it. */
export function entriesOf(manifestText: string | undefined): {
  frontend: string | undefined
  backend: string | undefined
} {
  let manifest: { frontend?: { entry?: unknown }; backend?: { entry?: unknown } } | null = null
  try {
    manifest = JSON.parse(manifestText ?? '')
  } catch {
    // Not JSON: the manifest's rules say so, with the line.
  }
  return { frontend: plainPath(manifest?.frontend?.entry), backend: plainPath(manifest?.backend?.entry) }
}

function plainPath(entry: unknown): string | undefined {
  const plain = typeof entry === 'string' && /^[^/\\]/.test(entry) && !entry.split(/[/\\]/).includes('..')
  return plain ? entry : undefined
}
