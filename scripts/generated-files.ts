import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { referenceDocs } from './reference-docs.ts'

const root = join(import.meta.dirname, '..')
/** Packages with a `scripts/generate.ts` that exports `generatedFiles()`. */
const packages = ['manifest-schema', 'api', 'cli']

/** Generated files whose content on disk is not what their declarations make. */
export async function staleFiles(): Promise<{ path: string; content: string }[]> {
  const files = Object.entries(referenceDocs()).map(([file, content]) => ({ path: join(root, file), content }))
  for (const name of packages) {
    const folder = join(root, 'packages', name)
    const { generatedFiles } = await import(join(folder, 'scripts/generate.ts'))
    for (const [file, content] of Object.entries<string>(generatedFiles()))
      files.push({ path: join(folder, file), content })
  }
  return files.filter(({ path, content }) => !existsSync(path) || readFileSync(path, 'utf8') !== content)
}
