import { realpath, stat } from 'node:fs/promises'
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
export async function checkPlugin(source: PluginSource): Promise<CheckedPlugin> {
  const { manifestPath: path, manifestText: text } = source
  if (text === undefined) {
    return {
      findings: [pluginFinding('manifest-missing', `There is no \`${path}\` in \`${source.folder}\`.`, { path })],
    }
  }
  const { manifest, findings } = readManifest(text, path)
  if (manifest === undefined) return { findings }
  return { manifest, findings: [...findings, ...(await missingFiles(source, manifest))] }
}

async function missingFiles(
  { folder, manifestPath, manifestText = '' }: PluginSource,
  manifest: Manifest,
): Promise<Finding[]> {
  const checks = namedFiles(manifest).map(async ([key, file]) => {
    const code = await fileProblem(folder, file)
    if (code === undefined) return []
    const what = code === 'plugin-file-missing' ? 'is not there' : 'stands outside the plugin’s folder'
    const place = { path: manifestPath, line: lineOf(manifestText, JSON.stringify(file)) }
    return [pluginFinding(code, `\`${key}\` names \`${file}\`, which ${what}.`, place)]
  })
  return (await Promise.all(checks)).flat()
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

async function fileProblem(folder: string, file: string): Promise<keyof typeof pluginRules | undefined> {
  try {
    const real = await realpath(join(folder, file))
    if (!(await stat(real)).isFile()) return 'plugin-file-missing'
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
