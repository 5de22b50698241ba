import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { Outcome } from '../command.ts'
import type { InitInput } from '../commands/init.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { isMissing } from '../read-file.ts'
import { askInit } from './ask-init.ts'
import { fillTemplates } from './fill-templates.ts'

/** Makes a plugin's folder from a template, whole or not at all. What is there already is never overwritten. */
export async function createPlugin(input: InitInput, context: Context): Promise<Outcome> {
  const { console, cwd } = context
  const wanted = await askInit(input, context)
  const folder = resolve(cwd, input.folder ?? wanted.id)
  await requireFree(folder)

  const files = await fillTemplates(wanted)
  const draft = join(dirname(folder), `.${basename(folder)}.${process.pid}.tmp`)
  try {
    for (const [path, content] of files) {
      const file = join(draft, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content, { signal: context.signal })
    }
    context.signal.throwIfAborted()
    // An empty folder gives way; one that was filled meanwhile does not.
    await rmdir(folder).catch(() => undefined)
    await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }

  const place = relative(cwd, folder) || '.'
  console.say(`Made ${console.style.bold(wanted.name)} in ${place}.`)
  console.say()
  if (place !== '.') console.say(`  cd ${place}`)
  console.say('  plexica publish --dry-run --offline')
  return { answer: { id: wanted.id, template: wanted.template, folder, files: [...files.keys()] } }
}

async function requireFree(folder: string): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) return
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  throw failure('folder_taken', `\`${folder}\` is not empty.`)
}
