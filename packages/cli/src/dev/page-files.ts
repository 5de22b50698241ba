import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { sharedModules } from '@plexica/manifest-schema/validate'
import { collectSeldom, loadEsbuild, withCollector } from '../build/start-esbuild.ts'

/** Beside what was bundled for publishing; a checkout has none and builds it when it is wanted. */
const built = join(import.meta.dirname, 'preview-page')

/** File name → content of the preview's own files: the page's script and style, and the modules that share its React. */
export async function loadPageFiles(): Promise<Map<string, Uint8Array>> {
  if (!existsSync(built)) return buildPageFiles()
  const names = await readdir(built)
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(built, name))] as const)))
}

/** React is its development build, whose messages are sentences. */
export async function buildPageFiles(): Promise<Map<string, Uint8Array>> {
  const { build } = await loadEsbuild()
  const options = {
    absWorkingDir: join(import.meta.dirname, 'page'),
    entryPoints: { preview: './preview.tsx', 'preview-style': './preview.css' },
    outdir: 'out',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    legalComments: 'external',
    define: { 'process.env.NODE_ENV': '"development"' },
    write: false,
  } as const
  const { outputFiles } = await withCollector(collectSeldom, () => build(options))
  return new Map([
    ...outputFiles.map(({ path, contents }) => [basename(path), contents] as const),
    ...sharedModules.map((name) => [shimName(name), Buffer.from(shimOf(name))] as const),
  ])
}

/** For the page's import map: what a bundle imports by name → the file. */
export function sharedImports(): Record<string, string> {
  return Object.fromEntries(sharedModules.map((name) => [name, `/page/${shimName(name)}`]))
}

function shimName(name: string): string {
  return `shared-${name.replace('/', '-')}.js`
}

const require = createRequire(import.meta.url)

/** A bundle's `import { useState } from 'react'` gets the React of the page, or there would be two. */
function shimOf(name: string): string {
  const names = Object.keys(require(name)).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default')
  return `const shared = globalThis.__plexica__[${JSON.stringify(name)}]
export default shared.default ?? shared
export const { ${names.join(', ')} } = shared
`
}
