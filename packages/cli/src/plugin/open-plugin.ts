import { readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { limits, packageLayout } from '@plexica/manifest-schema/validate'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { isMissing, readFileUpTo } from '../read-file.ts'

/** A plugin's folder and the text of its manifest, before anybody has judged it. */
export interface PluginSource {
  /** Absolute, without symbolic links. */
  readonly folder: string
  /** As people know it, with `/`: from the plugin's folder. */
  readonly manifestPath: string
  /** Undefined when there is no such file. Cut off just above the limit for manifests. */
  readonly manifestText: string | undefined
}

/** Opens the plugin that a command line names, and lets the console show lines of its files. */
export function openPlugin(
  context: Context,
  input: { folder: string | undefined; manifest: string | undefined },
): PluginSource {
  const folder = openFolder(context, input.folder)
  const file = resolve(folder, input.manifest ?? packageLayout.manifest)
  const manifestPath = relative(folder, file).split(sep).join('/')
  const manifestText = readFileUpTo(file, limits.manifestBytes.max)?.toString('utf8')
  const read = (path: string) => (path === manifestPath ? manifestText : readForConsole(join(folder, path)))
  context.console.showSources(read, folder)
  return { folder, manifestPath, manifestText }
}

/** The folder that a command line names, absolute and without symbolic links. */
export function openFolder({ cwd }: { cwd: string }, named: string | undefined): string {
  const given = resolve(cwd, named ?? '.')
  try {
    const folder = realpathSync.native(given)
    if (statSync(folder).isDirectory()) return folder
  } catch (error) {
    if (!isMissing(error)) throw error
    throw failure('folder_missing', `There is no folder \`${given}\`.`)
  }
  throw failure('folder_missing', `\`${given}\` is a file, not a folder.`)
}

/** Only for showing a line of it, so whatever goes wrong means that the line is not shown. */
function readForConsole(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
