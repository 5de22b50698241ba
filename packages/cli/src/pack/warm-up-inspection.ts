import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { packArchive } from './pack-archive.ts'

/**
 * Inspects a script that is always at hand. An inspection in a fresh process takes twice as long as the next one,
 * because its code is not compiled yet; done while esbuild works and this thread would wait, that is for nothing.
 */
export async function warmUpInspection(): Promise<void> {
  const [{ inspectPackage }, content] = await Promise.all([
    import('@plexica/inspect'),
    readFile(fileURLToPath(import.meta.resolve('esbuild'))),
  ])
  async function* entries() {
    yield { path: 'dist/bundle.js', content }
  }
  await inspectPackage(packArchive(entries()).members())
}
