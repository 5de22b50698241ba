import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { startBuild } from '../build/start-build.ts'
import { loadEsbuild } from '../build/start-esbuild.ts'
import type { Outcome } from '../command.ts'
import type { PackInput } from '../commands/pack.ts'
import type { Context } from '../context.ts'
import { checkPlugin } from '../plugin/check-plugin.ts'
import { openPlugin } from '../plugin/open-plugin.ts'
import { mergeFindings, stopOnErrors, stopOnRefusal } from '../plugin/stop-on-errors.ts'
import { wantedVersion } from '../plugin/wanted-version.ts'
import { inBackground, stepRunner } from '../run-steps.ts'
import { stepEnds } from '../step-ends.ts'
import { bytesText } from '../style.ts'
import type { PackedArchive } from './pack-archive.ts'
import { startPackage } from './start-package.ts'

/** Writes the very package that `publish` would send: `<id>-<version>.tar.gz`. */
export async function packToFile(input: PackInput, context: Context): Promise<Outcome> {
  const version = wantedVersion(input.version)
  const { changelog } = input
  loadEsbuild().catch(() => undefined)
  const source = openPlugin(context, input)
  const { folder } = source
  const building = inBackground(startBuild(source))
  const step = stepRunner(context)

  const checked = await step('check', async () => checkPlugin(source), stepEnds.check)
  const { manifest } = checked
  const started = manifest && (await startPackage({ folder, manifest, build: building.result, version, changelog }))
  const built = await step('build', building, stepEnds.build)
  const pluginFindings = [...checked.findings, ...(started?.findings ?? [])]
  stopOnErrors({ plugin: pluginFindings, build: built.findings })
  // Without a manifest there was an error, and that has just ended the run.
  if (started === undefined) throw new TypeError('a plugin without errors has a manifest')

  const { digest, files } = await step('pack', started.packing, stepEnds.pack)
  const inspection = await step('inspect', started.inspecting, stepEnds.inspect)
  const findings = mergeFindings([...pluginFindings, ...built.findings], inspection.findings)
  context.console.findings(findings)
  stopOnRefusal(findings)

  const { id } = started.manifest
  const target = resolve(context.cwd, input.out ?? folder)
  const file = join(target, `${id}-${started.manifest.version}.tar.gz`)
  await writeArchive(started.archive, { folder: target, file, signal: context.signal })
  const { packedBytes, unpackedBytes } = inspection
  context.console.say(`${relative(context.cwd, file) || file}  ${bytesText(packedBytes)}`)
  context.console.say(digest)
  return {
    answer: { id, version: started.manifest.version, digest, file, packedBytes, unpackedBytes, files, findings },
  }
}

/** Whole or not at all. */
async function writeArchive(archive: PackedArchive, to: { folder: string; file: string; signal: AbortSignal }) {
  const draft = `${to.file}.${process.pid}.tmp`
  await mkdir(to.folder, { recursive: true })
  try {
    await pipeline(archive.members(), createWriteStream(draft), { signal: to.signal })
    await rename(draft, to.file)
  } finally {
    await rm(draft, { force: true })
  }
}
