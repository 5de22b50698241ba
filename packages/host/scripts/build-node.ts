import { basename, join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/**
 * What a platform's server loads: node.js, and run-backend.js beside it, which runs in the process of each backend.
 * File name → its bytes.
 */
export async function builtNodeScripts(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { node: 'src/node/index.ts', 'run-backend': 'src/node/child/run-backend.ts' },
    outdir: 'dist',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
}
