import { readFile } from 'node:fs/promises'
import { dirname, join, posix, resolve } from 'node:path'
import type { Metafile } from 'esbuild'
import { isMissing } from '../read-file.ts'
import type { BundledPackage } from './build-plugin.ts'

/** Knows to which npm package each input of a build belongs. */
export interface PackageFinder {
  /** Reads the `package.json` of every package of which something is in the outputs. */
  look(metafile: Metafile): Promise<void>
  /** `npm/<name>@<version>/<file>` for a file of a package, whichever folder it was installed in. */
  nameOf(input: string): string | undefined
  /** Those of which a byte ended in an output, by name, then version. */
  found(): BundledPackage[]
}

interface Located extends BundledPackage {
  /** As inputs are written: from the plugin's folder, with `/`. */
  root: string
}

export function bundledPackages(folder: string): PackageFinder {
  const reading = new Map<string, Promise<Located | undefined>>()
  const byInput = new Map<string, Located>()
  const bundled = new Map<string, Located>()

  async function find(input: string): Promise<Located | undefined> {
    const root = installedRoot(input)
    if (root !== undefined) return read(root)
    // A package of the same workspace, linked rather than installed: the nearest `package.json` above the file.
    for (let place = posix.dirname(input); place.startsWith('..'); place = posix.join(place, '..')) {
      const found = await read(place)
      if (found) return found
      if (dirname(resolve(folder, place)) === resolve(folder, place)) return undefined
    }
    return undefined
  }

  function read(root: string): Promise<Located | undefined> {
    const known = reading.get(root) ?? readPackage(join(folder, root), root)
    reading.set(root, known)
    return known
  }

  return {
    look: async ({ outputs }) => {
      const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs))
      await Promise.all(
        inputs.map(async ([input, { bytesInOutput }]) => {
          const found = byInput.get(input) ?? (await find(input))
          if (!found) return
          byInput.set(input, found)
          if (bytesInOutput > 0) bundled.set(`${found.name}@${found.version}`, found)
        }),
      )
    },
    nameOf: (input) => {
      const found = byInput.get(input)
      return found && `npm/${found.name}@${found.version}/${posix.relative(found.root, input)}`
    },
    found: () => {
      const sorted = [...bundled].sort(([a], [b]) => (a < b ? -1 : 1))
      return sorted.map(([, { name, version, license }]) => ({ name, version, license }))
    },
  }
}

/** `../node_modules/@scope/name` for a file below it; undefined for a file that is not installed. */
function installedRoot(input: string): string | undefined {
  return /^(.*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
}

async function readPackage(folder: string, root: string): Promise<Located | undefined> {
  let about: { name?: unknown; version?: unknown; license?: unknown }
  try {
    about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined
    throw error
  }
  const { name, version, license } = about
  if (typeof name !== 'string' || typeof version !== 'string') return undefined
  return { name, version, license: typeof license === 'string' ? license : undefined, root }
}
