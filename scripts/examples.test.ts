import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { examplePlugins, examples } from './example-plugins.ts'

test.each(examplePlugins())('%s passes its own tests', (name) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--run', 'test'], {
    cwd: join(examples, name),
    encoding: 'utf8',
  })
  expect(status, stdout + stderr).toBe(0)
})
