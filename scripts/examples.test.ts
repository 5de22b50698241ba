import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const examples = join(import.meta.dirname, '../examples')
const plugins = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory())

test.each(plugins.map(({ name }) => name))('%s passes its own tests', (name) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--run', 'test'], {
    cwd: join(examples, name),
    encoding: 'utf8',
  })
  expect(status, stdout + stderr).toBe(0)
})
