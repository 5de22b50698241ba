import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { type Finding, packageLayout as layout, limits, type Manifest } from '@plexica/manifest-schema/validate'
import { pluginFinding } from '../plugin/plugin-rules.ts'
import { isMissing } from '../read-file.ts'

/** A file of the plugin's folder that goes into the package as it is. */
export interface SourceFile {
  /** In the package. */
  path: string
  /** Absolute. */
  file: string
  /** Its line ends become `\n`: checkouts on Windows have others. */
  prose: boolean
}

const licenseName = /^licen[cs]e(\.(md|txt))?$/i
/** What operating systems and editors leave behind. Names with a dot in front are left out too. */
const litter = /^(\.|Thumbs\.db$|desktop\.ini$)|~$/i

/** Every file that is packed beside the built ones, and what keeps one from being packed. Sorted by the packer. */
export async function listFiles(
  folder: string,
  manifest: Manifest,
): Promise<{ files: SourceFile[]; findings: Finding[] }> {
  const findings: Finding[] = []
  const files = new Map<string, SourceFile>()
  let bytes = 0
  const add = async (name: string, file: string, prose: boolean) => {
    // macOS may hand out names in decomposed form.
    const path = name.normalize('NFC')
    if (files.has(path)) return
    bytes += (await stat(file)).size
    files.set(path, { path, file, prose })
  }
  for (const [path, file] of await proseFiles(folder, manifest)) {
    if (await isInside(folder, file)) await add(path, file, true)
    else findings.push(pluginFinding('plugin-file-outside', `\`${path}\` is a link to a file elsewhere.`, { path }))
  }
  for (const { path, isLink } of await assetFiles(folder)) {
    if (isLink) findings.push(pluginFinding('plugin-asset-link', `\`${path}\` is a symbolic link.`, { path }))
    else await add(path, join(folder, path), false)
    // Files are read whole, so a folder that could never be packed is not even begun.
    if (bytes > limits.unpackedBytes.max || files.size > limits.entries.max)
      return { files: [], findings: [tooLarge()] }
  }
  return { files: [...files.values()], findings }
}

function tooLarge(): Finding {
  const message = `\`${layout.assetsFolder}\` has more than ${limits.entries.max} files or ${limits.unpackedBytes.max} bytes.`
  return pluginFinding('plugin-too-large', message, { path: layout.assetsFolder })
}

/** Path in the package → file. Known names are found whatever their case, and packed under their proper one. */
async function proseFiles(folder: string, { setup }: Manifest): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const names = (await readdir(folder)).sort()
  for (const known of [layout.readme, layout.changelog]) {
    const name = names.includes(known) ? known : names.find((one) => one.toLowerCase() === known.toLowerCase())
    if (name !== undefined) found.set(known, join(folder, name))
  }
  for (const name of names) if (licenseName.test(name)) found.set(name, join(folder, name))
  if (setup !== undefined) found.set(setup, join(folder, setup))
  return found
}

async function isInside(folder: string, file: string): Promise<boolean> {
  return (await realpath(file)).startsWith(folder + sep)
}

async function assetFiles(folder: string): Promise<{ path: string; isLink: boolean }[]> {
  const root = layout.assetsFolder.replace(/\/$/, '')
  const found: { path: string; isLink: boolean }[] = []
  const walk = async (place: string): Promise<void> => {
    for (const entry of await readdir(join(folder, place), { withFileTypes: true })) {
      const path = `${place}/${entry.name}`
      if (litter.test(entry.name)) continue
      if (entry.isDirectory()) await walk(path)
      else found.push({ path, isLink: entry.isSymbolicLink() })
      if (found.length > limits.entries.max) return
    }
  }
  try {
    await walk(root)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  return found
}
