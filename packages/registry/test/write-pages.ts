import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder with pages as the build makes them, the one for frames included; whoever asks for it removes it. */
export async function writePages(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-pages-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html>\n')
  const script = '<script type="module" crossorigin src="/assets/preview-a1b2c3.js"></script>'
  await writeFile(join(folder, 'preview.html'), `<!doctype html>${script}\n`)
  await writeFile(join(folder, 'assets/preview-a1b2c3.js'), 'export {}\n')
  return folder
}
