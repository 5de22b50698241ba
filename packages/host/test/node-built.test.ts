import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { runProgram } from '../../../scripts/programs.ts'
import { builtNodeScripts } from '../scripts/build-node.ts'

test('what is published runs a backend with nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-built-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const scripts = await builtNodeScripts()
  expect([...scripts.keys()].sort()).toEqual(['node.js', 'run-backend.js'])
  for (const [name, bytes] of scripts) await writeFile(join(folder, name), bytes)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(
    join(folder, 'platform.js'),
    `import { openBackend } from ${JSON.stringify(pathToFileURL(join(folder, 'node.js')).href)}
     const backend = openBackend({
       pluginId: 'small', tenantId: 'acme', configuration: { shop: 'Anna’s' }, grantedPermissions: [],
       source: 'export const hooks = { work: async (n, { configuration }) => [n + 1, configuration.shop, await import("node:fs").catch((e) => e.code)] }',
       manifest: { backend: { entry: 'dist/backend.mjs', hooks: ['work'] } },
     })
     console.log(JSON.stringify(await backend.call('work', 1)))
     await backend.stop()`,
  )
  const { stdout } = await runProgram([join(folder, 'platform.js')], { env: process.env })
  expect(JSON.parse(stdout)).toEqual([2, 'Anna’s', 'backend_module_refused'])
})
