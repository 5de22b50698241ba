import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from 'vitest'
import type { Machine } from './machine.ts'

export interface OnTerminal {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** What is typed, or work that comes before and gives it. */
type Typed = string | (() => Promise<string>)

/**
 * Runs plexica on a terminal, which `script` of util-linux makes, and types each answer when its question has appeared.
 * The terminal says that it has no columns, as those of some containers do.
 */
export async function onTerminal(
  machine: Machine,
  args: readonly string[],
  answers: readonly (readonly [question: string, typed: Typed])[] = [],
  { cwd = machine.work, env = {} }: OnTerminal = {},
): Promise<{ status: number | null; screen: string }> {
  const command = [process.execPath, machine.program, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd,
    env: { ...machine.env, TERM: 'xterm', ...env },
  })
  const open = [...answers]
  let screen = ''
  let seen = 0
  const look = () => {
    const [next] = open
    const at = next === undefined ? -1 : screen.indexOf(next[0], seen)
    if (next === undefined || at === -1) return
    seen = screen.length
    open.shift()
    const [, typed] = next
    if (typeof typed === 'string') child.stdin.write(typed)
    else typed().then((text) => child.stdin.write(text))
  }
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    screen += part
    look()
  })
  // One that waits for something else than these answers would wait for ever.
  const stuck = setTimeout(() => child.kill('SIGKILL'), 45_000)
  const [status] = (await once(child, 'close')) as [number | null]
  clearTimeout(stuck)
  expect(open, screen).toEqual([])
  return { status, screen }
}
