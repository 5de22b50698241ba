import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { type Finding, hasErrors, sortFindings } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { DevInput } from '../commands/dev.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { failureOfFileSystem } from '../file-system-failure.ts'
import { checkPlugin } from '../plugin/check-plugin.ts'
import { openPlugin } from '../plugin/open-plugin.ts'
import { bytesText, countText } from '../style.ts'
import { previewOf } from './preview.ts'
import { createRebuilder, type Rebuild, type Rebuilder } from './rebuild.ts'
import { type PreviewServer, servePreview } from './serve-preview.ts'
import { type Changes, type FolderWatch, watchFolders } from './watch-folders.ts'

const defaultPort = 5173

/** Builds and shows a plugin after each change, until it is interrupted or the plugin's folder goes. */
export async function developPlugin(input: DevInput, context: Context): Promise<Outcome> {
  const port = readPort(input.port)
  const { folder, manifestPath } = openPlugin(context, input)
  const watch = watchFolders(folder)
  const rebuilder = createRebuilder(folder)
  let server: PreviewServer | undefined
  try {
    const manifestFolder = dirname(join(folder, manifestPath))
    watch.follow([manifestFolder])
    server = await servePreview(port)
    const round = createRound({ folder, manifestFolder, manifest: input.manifest, watch, rebuilder, server }, context)
    await round({ paths: [], since: performance.now() })
    context.console.say(`The preview is at ${context.console.style.bold(server.url)} until Ctrl-C.`)
    for (;;) await round(await watch.next(context.signal))
  } catch (error) {
    if (!context.signal.aborted) throw error
    return { answer: {} }
  } finally {
    watch.close()
    await Promise.all([rebuilder.close(), server?.close()])
  }
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? defaultPort)
  if (text?.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw failure('usage_invalid', `\`${text}\` is not a port.`, { fix: 'Write a number from 0 to 65535.' })
}

interface Parts {
  readonly folder: string
  readonly manifestFolder: string
  readonly manifest: string | undefined
  readonly watch: FolderWatch
  readonly rebuilder: Rebuilder
  readonly server: PreviewServer
}

/** What is done after each change. Says and shows nothing when its result is that of the time before. */
function createRound(parts: Parts, context: Context): (changes: Changes) => Promise<void> {
  const { folder, manifestFolder, manifest, watch, rebuilder, server } = parts
  const { console } = context
  let before: string | undefined

  return async ({ paths, since }) => {
    stopWithout(folder)
    // Before anything is read, so that what changes while it is read comes as the next change.
    watch.follow([manifestFolder])
    let found: Found
    try {
      found = await check(context, { folder, manifest }, rebuilder)
    } catch (error) {
      stopWithout(folder)
      const known = error instanceof Error ? failureOfFileSystem(error) : undefined
      if (!known) throw error
      // A file that cannot be read now may be one in a moment.
      return console.failure(known)
    }
    const { preview, build, findings } = found
    watch.follow([manifestFolder, ...build.folders])
    const now = JSON.stringify([preview?.build, findings])
    if (now === before) return
    const first = before === undefined
    before = now
    if (preview) server.show(preview, build.bundle)
    server.tell(findings)
    const step = console.step(first ? 'Build' : 'Rebuild')
    step.took(performance.now() - since)
    if (preview) step.done([bundleText(build), pathsText(folder, paths)].filter(Boolean).join('  '))
    else step.fail(pathsText(folder, paths))
    console.findings(findings, { again: true })
  }
}

function stopWithout(folder: string): void {
  if (!existsSync(folder)) throw failure('folder_missing', `The folder \`${folder}\` is gone.`)
}

interface Found {
  /** Undefined when there is an error. */
  preview: ReturnType<typeof previewOf> | undefined
  build: Rebuild
  findings: readonly Finding[]
}

async function check(
  context: Context,
  input: { folder: string; manifest: string | undefined },
  rebuilder: Rebuilder,
): Promise<Found> {
  const source = openPlugin(context, input)
  const building = rebuilder.rebuild(source.manifestText)
  // Awaited below; a check that throws comes first.
  building.catch(() => undefined)
  const checked = checkPlugin(source)
  const build = await building
  // A missing entry is said once, by the manifest's line.
  const ofBuild = hasErrors(checked.findings) ? build.findings.filter(({ path }) => path !== undefined) : build.findings
  const findings = sortFindings([...checked.findings, ...ofBuild])
  const good = checked.manifest && !hasErrors(findings)
  return { preview: good ? previewOf(checked.manifest, build.bundle) : undefined, build, findings }
}

function bundleText({ bundle }: Rebuild): string {
  return bundle ? `bundle of ${bytesText(bundle.bytes)}` : 'no frontend'
}

/** Two names at most: a checkout of another branch changes hundreds. */
function pathsText(folder: string, paths: readonly string[]): string {
  const names = paths.map((path) => relative(folder, path).split(sep).join('/') || '.')
  const more = names.length - 2
  return [...names.slice(0, 2), ...(more > 0 ? [`${countText(more, 'more', 'more')}`] : [])].join(', ')
}
