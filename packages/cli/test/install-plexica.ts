import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { runProgram } from '../../../scripts/programs.ts'

const root = join(import.meta.dirname, '..')

/**
 * Puts plexica, built from these sources as for publishing, into a folder of its own until the test file ends. It starts
 * in half the time of the sources, and these tests start it hundreds of times. Gives the program's path.
 */
export async function installPlexica(): Promise<string> {
  const made = mkdtemp(join(tmpdir(), 'plexica-installed-'))
  // Before anything is awaited: while its tests are collected a file may add this, and not later.
  afterAll(async () => rm(await made, { recursive: true, force: true }))
  const folder = await made
  await Promise.all([
    runProgram([join(root, 'scripts/build.ts'), join(folder, 'dist')], { env: process.env }),
    ...['package.json', 'bin', 'templates'].map((name) =>
      cp(join(root, name), join(folder, name), { recursive: true }),
    ),
    symlink(join(root, 'node_modules'), join(folder, 'node_modules')),
  ])
  return join(folder, 'bin/plexica.js')
}
