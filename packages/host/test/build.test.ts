import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { builtScripts } from '../scripts/build.ts'

test('the core stays within 8 KB compressed and brings no React', async () => {
  const scripts = await builtScripts()
  const core = scripts.get('host.js')
  if (!core) throw new Error('no core was built')
  expect(gzipSync(core, { level: 9 }).length).toBeLessThanOrEqual(8 * 1024)
  expect(new TextDecoder().decode(core)).not.toMatch(/from\s*["']|require\(/)
})
