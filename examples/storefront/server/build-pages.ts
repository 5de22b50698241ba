import { join } from 'node:path'
import { shimModules } from '@plexica/host/shared'
import { build } from 'esbuild'
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'

const pages = join(import.meta.dirname, '../pages')

/** Path below `/assets/` → text: a script and a style sheet for each page, and the modules that lead plugins to our React. */
export type BuiltPages = ReadonlyMap<string, string>

/** The platform's usual build. Only the last lines are for plugins. */
export async function buildPages(): Promise<BuiltPages> {
  const { outputFiles } = await build({
    entryPoints: {
      storefront: join(pages, 'storefront/main.tsx'),
      admin: join(pages, 'admin/main.tsx'),
      editor: join(pages, 'editor/main.tsx'),
    },
    outdir: '/assets',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  })
  const files = new Map(outputFiles.map(({ path, text }) => [path.slice('/assets/'.length), text]))
  const shared = {
    react,
    'react/jsx-runtime': jsxRuntime,
    'react-dom': reactDom,
    'react-dom/client': reactDomClient,
  }
  for (const [file, source] of Object.entries(shimModules(shared))) files.set(`shared/${file}`, source)
  return files
}
