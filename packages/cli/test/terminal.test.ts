import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Machine, openMachine } from './machine.ts'
import { writePlugin } from './small-plugin.ts'

const program = join(import.meta.dirname, '../bin/plexica.js')
let machine: Machine
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

/**
 * Runs plexica on a terminal, which `script` of util-linux makes, and types each answer when its question has appeared.
 * The terminal says that it has no columns, as those of some containers do.
 */
async function onTerminal(args: string[], cwd: string, answers: [question: string, typed: string][] = []) {
  const { PATH = '' } = process.env
  const env = { PATH, HOME: machine.folder, XDG_CONFIG_HOME: machine.settings, TERM: 'xterm' }
  const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], { cwd, env })
  const open = [...answers]
  let screen = ''
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    screen += part
    const [next] = open
    const at = next === undefined ? -1 : screen.indexOf(next[0], seen)
    if (next === undefined || at === -1) return
    seen = screen.length
    open.shift()
    child.stdin.write(next[1])
  })
  const [status] = await once(child, 'close')
  expect(open, screen).toEqual([])
  return { status, screen }
}

test('init asks for what the command line leaves open', async () => {
  const { status, screen } = await onTerminal(['init'], machine.work, [
    ['Id of the plugin', 'asked-plugin\r'],
    ['Template', '\u001b[B\r'],
    ['Name that people read', '\r'],
  ])
  expect(status, screen).toBe(0)
  const manifest = JSON.parse(await readFile(join(machine.work, 'asked-plugin/manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ id: 'asked-plugin', name: 'Asked Plugin', components: [{ extensionPoint: 'puck' }] })
})

test('a wrong answer is asked again, and Ctrl-C leaves nothing', async () => {
  const { status, screen } = await onTerminal(['init'], machine.work, [
    ['Id of the plugin', 'Not An Id\r'],
    ['small letters', '\u0003'],
  ])
  expect(status).toBe(130)
  expect(screen).toContain('Interrupted.')
  expect(screen).not.toMatch(/^\s+at /m)
})

test('a dry run needs no answers, and ends on a terminal without columns', async () => {
  const folder = await writePlugin(join(machine.work, 'shown'), {
    files: { 'package.json': '{ "scripts": { "test": "sleep 0.5" } }' },
  })
  const { status, screen } = await onTerminal(['publish', '--dry-run', '--offline'], folder)
  expect(status, screen).toBe(0)
  expect(screen).toContain('\u001b[32m✔')
  expect(screen).toContain('Nothing was sent.')
  expect(screen.length).toBeLessThan(10_000)
})
