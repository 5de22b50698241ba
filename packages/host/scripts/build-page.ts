import { join } from 'node:path'
import { build } from 'esbuild'
import * as react from 'react'
import * as jsxRuntime from 'react/jsx-runtime'
import * as reactDom from 'react-dom'
import * as reactDomClient from 'react-dom/client'
import { shimModules } from '../src/shared-modules.ts'

export interface BuiltPage {
  script: string
  /** File name → source of the modules that lead plugins to the page's React. */
  shims: Record<string, string>
}

/** Bundles a page that embeds the host, as a platform's own build does. React comes from this package's folder. */
export async function buildPage(entry: string): Promise<BuiltPage> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    nodePaths: [join(import.meta.dirname, '../node_modules')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  })
  return {
    script: outputFiles[0]?.text ?? '',
    shims: shimModules({
      react,
      'react/jsx-runtime': jsxRuntime,
      'react-dom': reactDom,
      'react-dom/client': reactDomClient,
    }),
  }
}
