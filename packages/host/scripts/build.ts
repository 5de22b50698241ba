// Makes what a page without a bundler loads: dist/host.js (no React in it), dist/react.js, dist/puck.js,
// dist/shared-react.js. What React's face and the editor's share is in a script of its own, so that both have it once.
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/** File name → its bytes. */
export async function builtScripts(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      host: 'src/index.ts',
      react: 'src/react.tsx',
      puck: 'src/puck/index.ts',
      'shared-react': 'src/shared-react.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    external: ['react', 'react/jsx-runtime', '@puckeditor/core'],
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
}

if (import.meta.main) {
  await mkdir(join(root, 'dist'), { recursive: true })
  for (const [name, bytes] of await builtScripts()) {
    await writeFile(join(root, 'dist', name), bytes)
    console.log(`dist/${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} compressed`)
  }
}
