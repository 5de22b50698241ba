// Makes what a page without a bundler loads: dist/host.js (one file, no React in it), dist/react.js and the other entries,
// and the chunks that these have in common or load when they need them; and what a platform's server loads, see
// build-node.ts.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { builtNodeScripts } from './build-node.ts'

const root = join(import.meta.dirname, '..')

/** What stands on its own, by the names of the files that are made: a page waits for one request, and no chunk. */
const alone = { host: 'src/index.ts', shared: 'src/shared-modules.ts' }
/** What has to have modules in common, such as the context in which React finds the host. */
const together = {
  react: 'src/react.tsx',
  dom: 'src/dom.ts',
  puck: 'src/puck/index.ts',
  page: 'src/puck/use-page-config.ts',
}

/** File name → its bytes. */
export async function builtScripts(): Promise<Map<string, Uint8Array>> {
  const built = await Promise.all([bundle(alone, false), bundle(together, true)])
  return new Map(built.flat().map(({ path, contents }) => [basename(path), contents]))
}

async function bundle(entryPoints: Record<string, string>, splitting: boolean) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    splitting,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client', '@puckeditor/core'],
    write: false,
  })
  return outputFiles
}

if (import.meta.main) {
  await rm(join(root, 'dist'), { recursive: true, force: true })
  await mkdir(join(root, 'dist'), { recursive: true })
  for (const [name, bytes] of [...(await builtScripts()), ...(await builtNodeScripts())]) {
    await writeFile(join(root, 'dist', name), bytes)
    console.log(`dist/${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed`)
  }
}
