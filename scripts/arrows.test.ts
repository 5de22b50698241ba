import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const probes = mkdtempSync(join(tmpdir(), 'plexica-arrows-'))
afterAll(() => rmSync(probes, { recursive: true, force: true }))

/** Files that import what the arrows of ARCHITECTURE.md forbid. */
const broken = [
  ['packages/manifest-schema/src/a.ts', '@plexica/inspect'],
  ['packages/inspect/src/a.ts', '@plexica/api'],
  ['packages/inspect/src/archive/b.ts', '@plexica/registry'],
  ['packages/api/src/a.ts', '@plexica/inspect'],
  ['packages/registry/src/plugins/a.ts', 'plexica'],
  ['packages/registry/src/plugins/b.ts', '../search/search-routes.ts'],
  ['packages/registry/src/plugins/c.ts', '../../../inspect/src/inspection.ts'],
  ['packages/registry/src/blobs/a.ts', '../publishing/version-store.ts'],
  ['packages/registry/src/db/sqlite/a.ts', '../../plugins/plugin-store.ts'],
  ['packages/cli/src/a.ts', '@plexica/registry'],
  ['packages/cli/src/commands/a.ts', '@plexica/host'],
  ['packages/host/src/a.ts', '@plexica/inspect'],
  ['packages/host/src/b.ts', 'plexica'],
  ['packages/web/src/a.ts', '@plexica/host'],
  ['packages/web/src/b.ts', '@plexica/registry'],
] as const

const allowed = [
  ['packages/inspect/src/ok.ts', '@plexica/manifest-schema'],
  ['packages/api/src/ok.ts', '@plexica/manifest-schema'],
  ['packages/registry/src/ok.ts', '@plexica/inspect'],
  ['packages/registry/src/app.ts', './search/search-routes.ts'],
  ['packages/cli/src/ok.ts', '@plexica/api'],
  ['packages/host/src/ok.ts', '@plexica/api'],
  ['packages/web/src/ok.ts', '@plexica/api/client'],
  ['packages/web/src/review/ok.ts', '@plexica/host/frame'],
] as const

const refused = lint([...broken, ...allowed])

test.each(broken)('%s may not import %s', (file) => {
  expect(refused).toContain(file)
})

test.each(allowed)('%s may import %s', (file) => {
  expect(refused).not.toContain(file)
})

/** Writes the files into an empty folder with the project's lint rules; gives those that the rule for imports refuses. */
function lint(files: readonly (readonly [file: string, specifier: string])[]): string[] {
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(probes, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }))
  for (const [file, specifier] of files) {
    mkdirSync(dirname(join(probes, file)), { recursive: true })
    writeFileSync(join(probes, file), `import { x } from '${specifier}'\n\nx()\n`)
  }
  const { stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--colors=off', '--max-diagnostics=none', '.'],
    {
      cwd: probes,
      encoding: 'utf8',
    },
  )
  return files
    .map(([file]) => file)
    .filter((file) => `${stdout}${stderr}`.includes(`${file}:1:19 lint/style/noRestrictedImports`))
}
