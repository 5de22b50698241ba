import { realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type Finding, type Manifest, readManifest } from '@plexica/manifest-schema/validate'
import { isMissing } from '../read-file.ts'
import type { PluginSource } from './open-plugin.ts'
import { pluginFinding, type pluginRules } from './plugin-rules.ts'

export interface CheckedPlugin {
  /** There when the manifest itself has no error. */
  readonly manifest?: Manifest
  readonly findings: readonly Finding[]
}

/** Everything that can be said of a plugin without building it: its manifest, and the files that the manifest names. */
export function checkPlugin(source: PluginSource): CheckedPlugin {
  const { manifestPath: path, manifestText: text } = source
  if (text === undefined) {
    return {
      findings: [pluginFinding('manifest-missing', `There is no \`${path}\` in \`${source.folder}\`.`, { path })],
    }
  }
  const { manifest, findings } = readManifest(text, path)
  if (manifest === undefined) return { findings }
  return { manifest, findings: [...findings, ...missingFiles(source, manifest)] }
}

function missingFiles({ folder, manifestPath, manifestText = '' }: PluginSource, manifest: Manifest): Finding[] {
  return namedFiles(manifest).flatMap(([key, file]) => {
    const code = fileProblem(folder, file)
    if (code === undefined) return []
    const what = code === 'plugin-file-missing' ? 'is not there' : 'stands outside the plugin’s folder'
    const place = { path: manifestPath, line: lineOf(manifestText, JSON.stringify(file)) }
    return [pluginFinding(code, `\`${key}\` names \`${file}\`, which ${what}.`, place)]
  })
}

/** Files that a manifest names, each with its key. */
export function namedFiles(manifest: Manifest): [key: string, path: string][] {
  const named: [string, string | undefined][] = [
    ['frontend.entry', manifest.frontend?.entry],
    ['backend.entry', manifest.backend?.entry],
    ['icon', manifest.icon],
    ['setup', manifest.setup],
    ...(manifest.screenshots ?? []).map((shot, i): [string, string] => [`screenshots[${i}].path`, shot.path]),
  ]
  return named.filter((entry): entry is [string, string] => entry[1] !== undefined)
}

function fileProblem(folder: string, file: string): keyof typeof pluginRules | undefined {
  try {
    const real = realpathSync.native(join(folder, file))
    if (!statSync(real).isFile()) return 'plugin-file-missing'
    return real.startsWith(folder + sep) ? undefined : 'plugin-file-outside'
  } catch (error) {
    if (isMissing(error)) return 'plugin-file-missing'
    throw error
  }
}

/** The line, from 1, where a text stands first; undefined when it is written otherwise, for example with escapes. */
function lineOf(text: string, part: string): number | undefined {
  const at = text.indexOf(part)
  return at === -1 ? undefined : text.slice(0, at).split(/\r\n?|\n/).length
}
