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
  // What else is wrong with the manifest does not hide a file that is not there.
  if (manifest === undefined) return { findings: [...findings, ...missingFiles(source, written(text))] }
  return { manifest, findings: [...findings, ...missingFiles(source, manifest)] }
}

/** A manifest with errors, as far as it can be read. */
function written(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function missingFiles({ folder, manifestPath, manifestText = '' }: PluginSource, manifest: unknown): Finding[] {
  return namedFiles(manifest).flatMap(([key, file]) => {
    const code = fileProblem(folder, file)
    if (code === undefined) return []
    const what = code === 'plugin-file-missing' ? 'is not there' : 'stands outside the plugin’s folder'
    const place = { path: manifestPath, line: lineOf(manifestText, JSON.stringify(file)) }
    return [pluginFinding(code, `\`${key}\` names \`${file}\`, which ${what}.`, place)]
  })
}

/** Files that a manifest names, each with its key. What cannot be a path has a finding of its own. */
function namedFiles(manifest: unknown): [key: string, path: string][] {
  const screenshots = keyOf(manifest, 'screenshots')
  const named: [string, unknown][] = [
    ...['frontend', 'backend'].map((part): [string, unknown] => [
      `${part}.entry`,
      keyOf(keyOf(manifest, part), 'entry'),
    ]),
    ...['icon', 'setup'].map((key): [string, unknown] => [key, keyOf(manifest, key)]),
    ...(Array.isArray(screenshots) ? screenshots : []).map((shot, i): [string, unknown] => [
      `screenshots[${i}].path`,
      keyOf(shot, 'path'),
    ]),
  ]
  return named.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && usable.test(entry[1]))
}

/** No path of a package is longer, starts at the root or leaves the folder. */
const usable = /^(?!.*(?:^|\/)\.\.(?:\/|$))[^\p{Cc}\\/][^\p{Cc}\\]{0,199}$/u

function keyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
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
