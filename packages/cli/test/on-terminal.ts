import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Machine } from './machine.ts'

const program = join(import.meta.dirname, '../bin/plexica.js')

interface Typed {
  readonly machine: Machine
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs plexica on a terminal, which `script` of util-linux makes, and types each answer when its question has appeared.
 * The terminal says that it has no columns, as those of some containers do.
 */
export async function onTerminal(
  args: readonly string[],
  { machine, cwd = machine.work, env: own = {} }: Typed,
  answers: readonly (readonly [question: string, typed: string])[] = [],
) {
  const { PATH = '' } = process.env
  const env = { PATH, HOME: machine.folder, XDG_CONFIG_HOME: machine.settings, TERM: 'xterm', ...own }
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
  // One that waits for something else than these answers would wait for ever.
  const stuck = setTimeout(() => child.kill('SIGKILL'), 45_000)
  const [status] = await once(child, 'close')
  clearTimeout(stuck)
  expect(open, screen).toEqual([])
  return { status: status as number | null, screen }
}
