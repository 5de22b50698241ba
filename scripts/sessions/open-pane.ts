import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Milliseconds for whatever is waited for; a publish with its tests takes two seconds. */
const longest = 60_000

export type Pane = Awaited<ReturnType<typeof openPane>>

/** A shell in a terminal of 100 columns and 40 lines, with nothing in its environment but what is given. */
export async function openPane({ folder, cwd, env }: { folder: string; cwd: string; env: Record<string, string> }) {
  const socket = join(folder, 'tmux.socket')
  const tmux = async (...args: string[]) => {
    const { stdout } = await run('tmux', ['-u', '-f', '/dev/null', '-S', socket, ...args], {
      env: { ...env, PS1: '$ ', HISTFILE: '', LANG: 'C.UTF-8', TERM: 'xterm-256color', SHELL: '/bin/bash' },
      timeout: longest,
    })
    return stdout
  }
  const shell = ['bash', '--noprofile', '--norc']
  await tmux('new-session', '-d', '-x', '100', '-y', '40', '-c', cwd, ...shell)
  const pid = Number(await tmux('display-message', '-p', '#{pid}'))

  /** Everything that was shown, from the first line on. */
  const screen = async (...options: string[]) => (await tmux('capture-pane', '-p', ...options, '-S', '-')).trimEnd()
  const waitFor = async (pattern: RegExp) => {
    const end = Date.now() + longest
    for (;;) {
      const text = await screen()
      // What stood there before the last command is no answer to it.
      if (pattern.test(text.slice(text.lastIndexOf('\n$ ') + 1))) return
      if (Date.now() > end) throw new Error(`${pattern} did not appear in\n${text}`)
      await sleep(50)
    }
  }
  const prompt = () => waitFor(/^\$$/m)
  await prompt()
  return {
    screen,
    waitFor,
    /** Presses keys by their names in tmux: `Enter`, `Down`, `C-c`. */
    press: (...keys: string[]) => tmux('send-keys', ...keys),
    /** Types a text and no key behind it. */
    type: (text: string) => tmux('send-keys', '-l', text),
    prompt,
    async close() {
      try {
        process.kill(pid, 'SIGTERM')
      } catch {
        // It has ended by itself.
      }
      for (const end = Date.now() + 5_000; isRunning(pid) && Date.now() < end; ) await sleep(20)
      if (isRunning(pid)) process.kill(pid, 'SIGKILL')
    },
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
