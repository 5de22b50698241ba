import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { NewPlugin } from './ask-init.ts'
import { idWords } from './id-words.ts'

/** Beside `src` in a checkout and beside `dist` in the published package. */
const templates = join(
  import.meta.dirname,
  ...(import.meta.dirname.endsWith('init') ? ['..', '..'] : ['..']),
  'templates',
)
const ending = '.template'

/** Path → content. A template's own file stands in for a common one. */
export async function fillTemplates({ id, name, template, author }: NewPlugin): Promise<Map<string, string>> {
  const values: Record<string, string> = {
    id,
    name: jsonText(name),
    author: jsonText(author),
    component: idWords(id).join(''),
    year: String(new Date().getFullYear()),
  }
  const files = new Map<string, string>()
  for (const part of ['common', template]) {
    const root = join(templates, part)
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.name.endsWith(ending)) continue
      const file = join(entry.parentPath, entry.name)
      const path = relative(root, file).slice(0, -ending.length).replaceAll('\\', '/')
      const text = (await readFile(file, 'utf8')).replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '')
      files.set(path.replace(/^gitignore$/, '.gitignore'), text)
    }
  }
  const { default: schema } = await import('@plexica/manifest-schema/manifest.schema.json', { with: { type: 'json' } })
  files.set('.plexica/manifest.schema.json', `${JSON.stringify(schema, null, 2)}\n`)
  return files
}

/** Safe between quotes in JSON, and in prose what it was unless it has quotes itself. */
function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
