import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Path in the bundle → bytes. */
export type BuiltBundle = ReadonlyMap<string, Uint8Array>

/** What a plugin that is built well leaves to the page. */
const shared = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client']

/** Bundles a plugin as it is published: ESM, minified, split, with what the page shares left as imports. */
export async function buildPlugin(entry: string, external: readonly string[] = shared): Promise<BuiltBundle> {
  const outdir = '/bundle'
  const { outputFiles } = await build({
    entryPoints: { bundle: entry },
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: [...external],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [path.slice(join(outdir, '/').length), contents]))
}

export function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`
}
