import { relative } from 'node:path'
import { type Finding, findingsOf } from '@plexica/manifest-schema/validate'
import type { BuildResult, Message, Metafile } from 'esbuild'
import { withSpan } from '../finding-layout.ts'
import { backendOptions, frontendOptions } from './build-options.ts'
import { bundledPackages, type PackageFinder } from './bundled-packages.ts'
import { renameChunks } from './chunk-names.ts'
import { rewriteSources } from './map-sources.ts'
import { type Esbuild, loadEsbuild, runBuild } from './start-esbuild.ts'

export const buildRules = {
  'build-failed': {
    severity: 'error',
    summary: 'esbuild cannot build the plugin.',
    fix: 'Correct the source at this place.',
  },
  'build-warning': {
    severity: 'warning',
    summary: 'esbuild builds the plugin but doubts that this is meant.',
    fix: 'Correct the source at this place, if it is not meant.',
  },
  'build-style-unused': {
    severity: 'warning',
    summary: 'A style sheet is imported for its effect alone. A bundle is one script, so it would have none.',
    fix: 'Import its text (`import styles from "./x.css"`) and render it in a `<style>` element.',
  },
} as const
const buildFinding = findingsOf(buildRules)

export interface BuildRequest {
  /** Absolute, without symbolic links. */
  folder: string
  frontend?: string | undefined
  backend?: string | undefined
  /** Names of the packages that are left to the page. */
  shared?: readonly string[]
}

export interface BuiltFile {
  /** In the package: `dist/bundle.js`. */
  path: string
  content: Buffer
}

export interface Build {
  /** Empty when there was an error. */
  files: readonly BuiltFile[]
  /** What of each npm package ended in the bundles, by name and version. */
  packages: readonly BundledPackage[]
  findings: readonly Finding[]
}

export interface BundledPackage {
  name: string
  version: string
  license: string | undefined
}

/** Builds in memory; nothing is written. All errors of both builds come together, and never as an exception. */
export async function buildPlugin({ folder, frontend, backend, shared }: BuildRequest): Promise<Build> {
  const esbuild = await loadEsbuild()
  const running: Promise<Result>[] = []
  if (frontend !== undefined) running.push(runBuild(esbuild, frontendOptions(folder, frontend, shared)))
  if (backend !== undefined) running.push(buildBackend(esbuild, folder, backend))
  const settled = await Promise.allSettled(running)
  const { results, findings } = judgeBuilds(settled)
  if (results.length < settled.length) return { files: [], packages: [], findings }
  const packages = bundledPackages(folder)
  const files = await Promise.all(results.map((result) => finishFiles(folder, result, packages)))
  return { files: files.flat(), packages: packages.found(), findings }
}

export type Result = BuildResult<{ write: false; metafile: true }>

/** The builds that succeeded, and what esbuild says of all of them. Throws what is no failure of a build. */
export function judgeBuilds(settled: readonly PromiseSettledResult<Result>[]): {
  results: Result[]
  findings: Finding[]
} {
  const results: Result[] = []
  const findings: Finding[] = []
  for (const one of settled) {
    const { errors, warnings } = one.status === 'fulfilled' ? one.value : failedBuild(one.reason)
    findings.push(...errors.map((message) => findingOf('build-failed', message)))
    findings.push(...warnings.map((message) => findingOf('build-warning', message)))
    if (one.status === 'fulfilled') results.push(one.value)
  }
  findings.push(...results.flatMap(({ metafile }) => unusedStyles(metafile)))
  return { results, findings }
}

/** Packages in CommonJS may ask for a module of Node by `require`, which ESM does not have unless it is made. */
async function buildBackend(esbuild: Esbuild, folder: string, entry: string): Promise<Result> {
  const options = backendOptions(folder, entry)
  const result = await runBuild(esbuild, options)
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports)
  const asks = imports.some(({ kind, external }) => kind === 'require-call' && external)
  return asks ? runBuild(esbuild, { ...options, banner: { js: makeRequire } }) : result
}

const makeRequire = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

async function finishFiles(
  folder: string,
  { outputFiles, metafile }: Result,
  packages: PackageFinder,
): Promise<BuiltFile[]> {
  await packages.look(metafile)
  const names = renameChunks(outputFiles, metafile)
  return outputFiles.map((file) => {
    const path = relative(folder, file.path).replaceAll('\\', '/')
    const content = Buffer.from(file.contents.buffer, file.contents.byteOffset, file.contents.byteLength)
    return {
      path: names.get(path) ?? path,
      content: path.endsWith('.map') ? rewriteSources(content, (input) => packages.nameOf(input)) : content,
    }
  })
}

function failedBuild(reason: unknown): { errors: Message[]; warnings: Message[] } {
  if (reason instanceof Error && 'errors' in reason && 'warnings' in reason) {
    return reason as unknown as { errors: Message[]; warnings: Message[] }
  }
  throw reason
}

function findingOf(code: 'build-failed' | 'build-warning', message: Message): Finding {
  const { location, notes, text } = message
  const advice = [location?.suggestion && `Write \`${location.suggestion}\`.`, ...notes.map((note) => note.text)]
  const fix = fixFor(text) ?? (advice.filter(Boolean).join('\n') || undefined)
  const place = { path: location?.file, line: location?.line, fix }
  const finding = buildFinding(code, `${text}${/[.!?]$/.test(text) ? '' : '.'}`, place)
  return location ? withSpan(finding, characters(location)) : finding
}

function fixFor(text: string): string | undefined {
  const name = /^Could not resolve "((?:@[^/"]+\/)?[^./"][^/"]*)/.exec(text)?.[1]
  return name && `Install it (\`npm install ${name}\`), or correct the name.`
}

/** esbuild counts columns in bytes of UTF-8. */
function characters({ lineText, column, length }: NonNullable<Message['location']>) {
  const line = Buffer.from(lineText)
  const start = line.toString('utf8', 0, column).length
  return { column: start, length: line.toString('utf8', 0, column + length).length - start }
}

function unusedStyles({ inputs, outputs }: Metafile): Finding[] {
  const used = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)))
  return Object.keys(inputs)
    .filter((path) => path.endsWith('.css') && !used.has(path))
    .map((path) => buildFinding('build-style-unused', `\`${path}\` is imported, but its text is not used.`, { path }))
}
