import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Machine, openMachine } from './machine.ts'
import { onTerminal } from './on-terminal.ts'
import { writePlugin } from './small-plugin.ts'

let machine: Machine
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

test('init asks for what the command line leaves open', async () => {
  const { status, screen } = await onTerminal(
    machine,
    ['init'],
    [
      ['Id of the plugin', 'asked-plugin\r'],
      ['Template', '\u001b[B\r'],
      ['Name that people read', '\r'],
    ],
  )
  expect(status, screen).toBe(0)
  const manifest = JSON.parse(await readFile(join(machine.work, 'asked-plugin/manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ id: 'asked-plugin', name: 'Asked Plugin', components: [{ extensionPoint: 'puck' }] })
})

test('a wrong answer is asked again, and Ctrl-C leaves nothing', async () => {
  const { status, screen } = await onTerminal(
    machine,
    ['init'],
    [
      ['Id of the plugin', 'Not An Id\r'],
      ['small letters', '\u0003'],
    ],
  )
  expect(status).toBe(130)
  expect(screen).toContain('Interrupted.')
  expect(screen).not.toMatch(/^\s+at /m)
})

test('a dry run needs no answers, and ends on a terminal without columns', async () => {
  const folder = await writePlugin(join(machine.work, 'shown'), {
    files: { 'package.json': '{ "scripts": { "test": "sleep 0.5" } }' },
  })
  const { status, screen } = await onTerminal(machine, ['publish', '--dry-run', '--offline'], [], { cwd: folder })
  expect(status, screen).toBe(0)
  expect(screen).toContain('\u001b[32m✔')
  expect(screen).toContain('Nothing was sent.')
  expect(screen.length).toBeLessThan(10_000)
})
