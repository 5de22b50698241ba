import { sharedModules } from '@plexica/manifest-schema/validate'
import type { BuildOptions } from 'esbuild'

/** What both builds share. Nothing here may depend on the machine: same source, same bytes. */
const shared = {
  bundle: true,
  format: 'esm',
  minify: true,
  sourcemap: 'external',
  charset: 'utf8',
  jsx: 'automatic',
  outdir: 'dist',
  metafile: true,
  write: false,
  logLevel: 'silent',
  define: { 'process.env.NODE_ENV': '"production"' },
} as const satisfies BuildOptions

const loaders = {
  '.js': 'jsx',
  '.css': 'text',
  '.txt': 'text',
  '.md': 'text',
  '.svg': 'dataurl',
  '.png': 'dataurl',
  '.jpg': 'dataurl',
  '.jpeg': 'dataurl',
  '.gif': 'dataurl',
  '.webp': 'dataurl',
  '.avif': 'dataurl',
  '.woff2': 'dataurl',
} as const satisfies BuildOptions['loader']

/**
 * For `dist/bundle.js` and its chunks: ESM for browsers, with what every host page provides left as imports.
 * @param packages names of packages that this plugin leaves to the page beside it, with all their modules.
 */
export function frontendOptions(folder: string, entry: string, packages: readonly string[] = []) {
  return {
    ...shared,
    absWorkingDir: folder,
    entryPoints: { bundle: `./${entry}` },
    platform: 'browser',
    target: 'es2022',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    external: [...sharedModules, ...packages],
    loader: loaders,
  } as const satisfies BuildOptions
}

/** For `dist/backend.mjs`: one ESM file for Node, which brings its own built-in modules. */
export function backendOptions(folder: string, entry: string) {
  return {
    ...shared,
    absWorkingDir: folder,
    entryPoints: { backend: `./${entry}` },
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    target: 'node22',
    loader: loaders,
  } as const satisfies BuildOptions
}
