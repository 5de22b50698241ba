import { createHash } from 'node:crypto'
import { basename, dirname, resolve, sep } from 'node:path'
import type { Finding } from '@plexica/manifest-schema/validate'
import type { BuildContext } from 'esbuild'
import { backendOptions, frontendOptions } from '../build/build-options.ts'
import { judgeBuilds } from '../build/build-plugin.ts'
import { entriesOf } from '../build/start-build.ts'
import { collectSeldom, loadEsbuild, withCollector } from '../build/start-esbuild.ts'

/** The bundle as the preview imports it. */
export interface Bundle {
  /** `bundle.js` and what it imports. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Of all files: the same source gives the same. */
  readonly digest: string
  readonly bytes: number
}

export interface Rebuild {
  /** Undefined when there was an error, or the manifest names no frontend. */
  readonly bundle: Bundle | undefined
  readonly findings: readonly Finding[]
  /** Folders with sources that were read, packages left out. After an error those of the last success. */
  readonly folders: ReadonlySet<string>
}

export interface Rebuilder {
  /** Builds what changed since the last time. Errors of the sources are findings and never thrown. */
  rebuild(manifestText: string | undefined): Promise<Rebuild>
  close(): Promise<void>
}

type Context = BuildContext<{ write: false; metafile: true }>
/** Code that is not minified can be read as it is; source maps would double the time of a rebuild. */
const forPeople = {
  minify: false,
  sourcemap: false,
  define: { 'process.env.NODE_ENV': '"development"' },
} as const

/** Keeps what esbuild has read in memory, so that a change costs the parsing of one file. */
export function createRebuilder(folder: string): Rebuilder {
  let entries = ''
  const contexts: Context[] = []
  let folders: ReadonlySet<string> = new Set()

  async function open(manifestText: string | undefined): Promise<void> {
    const { frontend, backend } = entriesOf(manifestText)
    const wanted = JSON.stringify([frontend, backend])
    if (wanted === entries) return
    await close()
    const esbuild = await loadEsbuild()
    if (frontend !== undefined) {
      // Packages that the platform shares are bundled as they are installed here: there is no platform in a preview.
      const options = { ...frontendOptions(folder, frontend), ...forPeople }
      contexts.push(await withCollector(collectSeldom, () => esbuild.context(options)))
    }
    if (backend !== undefined) {
      const options = { ...backendOptions(folder, backend), ...forPeople }
      contexts.push(await withCollector(collectSeldom, () => esbuild.context(options)))
    }
    entries = wanted
  }

  async function close(): Promise<void> {
    entries = ''
    await Promise.all(contexts.splice(0).map((context) => context.dispose()))
  }

  return {
    async rebuild(manifestText) {
      await open(manifestText)
      const settled = await Promise.allSettled(contexts.map((context) => context.rebuild()))
      const { results, findings } = judgeBuilds(settled)
      if (results.length < settled.length) return { bundle: undefined, findings, folders }
      folders = new Set(
        results
          .flatMap(({ metafile }) => Object.keys(metafile.inputs))
          .map((path) => dirname(resolve(folder, path)))
          .filter((path) => !path.split(sep).includes('node_modules')),
      )
      const outputs = results.flatMap(({ outputFiles }) => outputFiles)
      return { bundle: bundleOf(outputs.filter(({ path }) => isOfBundle.test(basename(path)))), findings, folders }
    },
    close,
  }
}

/** And not of the backend, which no browser imports. */
const isOfBundle = /^(bundle\.|chunk-)/

function bundleOf(outputs: readonly { path: string; contents: Uint8Array }[]): Bundle | undefined {
  if (outputs.length === 0) return undefined
  const hash = createHash('sha256')
  for (const { contents } of outputs) hash.update(contents)
  return {
    files: new Map(outputs.map(({ path, contents }) => [basename(path), contents])),
    digest: hash.digest('hex').slice(0, 16),
    bytes: outputs.reduce((sum, { contents }) => sum + contents.length, 0),
  }
}
