import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { packageLayout as layout, type Manifest, sortFindings } from '@plexica/manifest-schema/validate'
import type { Outcome } from '../command.ts'
import type { BuildInput } from '../commands/build.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { checkPlugin } from '../plugin/check-plugin.ts'
import { openPlugin } from '../plugin/open-plugin.ts'
import { stopOnErrors } from '../plugin/stop-on-errors.ts'
import { inBackground, stepRunner } from '../run-steps.ts'
import { stepEnds } from '../step-ends.ts'
import { bytesText } from '../style.ts'
import type { Build, BuiltFile } from './build-plugin.ts'
import { startBuild } from './start-build.ts'
import { loadEsbuild } from './start-esbuild.ts'

/** Builds the plugin and puts the result in `dist/`, in place of what was there. */
export async function buildToFolder(input: BuildInput, context: Context): Promise<Outcome> {
  loadEsbuild().catch(() => undefined)
  const source = openPlugin(context, input)
  const { folder } = source
  const building = inBackground(startBuild(source))
  const step = stepRunner(context)
  const checked = await step('check', async () => checkPlugin(source), stepEnds.check)
  const built: Build = await step('build', building, stepEnds.build)
  stopOnErrors({ plugin: checked.findings, build: built.findings })
  if (checked.manifest) refuseEntryInDist(checked.manifest)

  const findings = sortFindings([...checked.findings, ...built.findings])
  context.console.findings(findings)
  await replaceFolder(join(folder, layout.distFolder), built.files, context.signal)
  const files = built.files.map(({ path, content }) => ({ path, bytes: content.length }))
  context.console.say(`Built ${checked.manifest?.id} ${checked.manifest?.version} into ${layout.distFolder}`)
  context.console.table(
    files.map(({ path, bytes }) => ['', bytesText(bytes), path]),
    { right: [1] },
  )
  return { answer: { id: checked.manifest?.id, version: checked.manifest?.version, files, findings } }
}

/** Whoever points the manifest at built files would lose them. */
function refuseEntryInDist({ frontend, backend }: Manifest): void {
  const inDist = [frontend?.entry, backend?.entry].find((entry) => entry?.startsWith(layout.distFolder))
  if (inDist === undefined) return
  throw failure(
    'plugin_invalid',
    `The entry \`${inDist}\` stands in ${layout.distFolder}, which the build would replace.`,
    {
      fix: 'Name the source as the entry; `plexica pack` and `plexica publish` take an entry in dist/ as it is.',
    },
  )
}

/** Whole or not at all: the files are written into a folder beside it, which then takes its name. */
async function replaceFolder(target: string, files: readonly BuiltFile[], signal: AbortSignal): Promise<void> {
  const place = resolve(target)
  const draft = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`)
  try {
    for (const { path, content } of files) {
      const file = join(draft, path.slice(layout.distFolder.length))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content, { signal })
    }
    signal.throwIfAborted()
    await removeFolder(place)
    if (files.length > 0) await rename(draft, place)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** A link named `dist` may lead anywhere, so what it points at is left alone. */
async function removeFolder(place: string): Promise<void> {
  const real = await realpath(place).catch(() => undefined)
  if (real !== undefined && real !== place) {
    throw failure('file_unusable', `\`${place}\` is a symbolic link to \`${real}\`.`, {
      fix: `Remove the link; the build replaces ${layout.distFolder.replace(/\/$/, '')}${sep} as a whole.`,
    })
  }
  await rm(place, { recursive: true, force: true })
}
