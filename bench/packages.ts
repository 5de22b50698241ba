import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildArchive, type CraftedEntry } from '../packages/inspect/test/build-archive.ts'
import type { Bench } from './bench.ts'
import { noise, writePlugin } from './workload.ts'

/** A small good package, built without esbuild: a component, and an asset that does not compress. */
export function smallPackage(id: string, version: string, assetBytes: number): Uint8Array {
  const manifest = {
    id,
    name: 'Bench board',
    version,
    description: 'A plugin of a certain size, for measuring.',
    category: 'analytics',
    author: { name: 'Bench' },
    license: 'MIT',
    engines: { plexica: '*' },
    frontend: { entry: 'dist/bundle.js' },
    components: [{ name: 'Board', export: 'Board', extensionPoint: 'dashboard.widgets' }],
  }
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const files: CraftedEntry[] = [
    { path: 'CHANGELOG.md', data: `# Changelog\n\n## ${version}\n\n- First.\n` },
    { path: 'LICENSE', data: 'MIT\n' },
    { path: 'README.md', data: '# Bench board\n\nA plugin of a certain size.\n' },
    { path: 'assets/picture.png', data: Buffer.concat([png, noise(`${id}@${version}`, assetBytes)]) },
    {
      path: 'dist/bundle.js',
      data: 'import{jsx as e}from"react/jsx-runtime";function t(){return e("p",{children:"Board"})}export{t as Board};\n',
    },
    { path: 'manifest.json', data: JSON.stringify(manifest) },
  ]
  return buildArchive(files)
}

/** A package of a plugin whose bundle has about so many bytes, made by the command line. */
export function builtPackage({ scratch, cli }: Bench, id: string, sourceBytes: number, assetBytes = 0): Uint8Array {
  const folder = join(scratch, `built-${id}`)
  writePlugin(folder, { id, sourceBytes, assetBytes })
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'pack', folder], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`plexica pack failed\n${stdout}${stderr}`)
  return readFileSync(join(folder, `${id}-1.0.0.tar.gz`))
}
