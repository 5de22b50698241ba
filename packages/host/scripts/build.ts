// Makes what a page without a bundler loads: dist/host.js (no React in it), dist/react.js and the other entries, and the
// chunks that they have in common or load when they need them; and what a platform's server loads, see build-node.ts.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { builtNodeScripts } from './build-node.ts'

const root = join(import.meta.dirname, '..')

/** What the package exports, by the names of the files that are made. */
const entries = {
  host: 'src/index.ts',
  react: 'src/react.tsx',
  dom: 'src/dom.ts',
  puck: 'src/puck/index.ts',
  shared: 'src/shared-modules.ts',
}

/** File name → its bytes. */
export async function builtScripts(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client', '@puckeditor/core'],
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
}

if (import.meta.main) {
  await rm(join(root, 'dist'), { recursive: true, force: true })
  await mkdir(join(root, 'dist'), { recursive: true })
  for (const [name, bytes] of [...(await builtScripts()), ...(await builtNodeScripts())]) {
    await writeFile(join(root, 'dist', name), bytes)
    console.log(`dist/${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed`)
  }
}
