import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export type BackendChild = ChildProcessByStdio<Writable, Readable, Readable>

const fromSource = import.meta.url.endsWith('.ts')
/** What runs in the process: the source beside this file, or what was built from it. */
const program = fileURLToPath(new URL(fromSource ? './child/run-backend.ts' : './run-backend.js', import.meta.url))
const readable = fromSource ? [join(dirname(program), '*')] : [program]

/** What Node grants and refuses to the process; @param memory Megabytes of JavaScript heap. */
export function processFlags(memory: number): string[] {
  return [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    `--max-old-space-size=${memory}`,
    '--disallow-code-generation-from-strings',
    '--disable-proto=delete',
    '--disable-sigusr1',
    '--no-addons',
    '--no-warnings',
    '--no-deprecation',
  ]
}

/**
 * A process that may read its own program, and nothing else: no other file, no program, no thread, no native code, no
 * text that becomes code, no variable of the environment. From Node 25 on, the permission model refuses the network too.
 *
 * A process and no worker thread: a thread would have the permissions of the platform's process (the model is one for
 * all threads), its native memory would be the platform's, and an abort in it would end the platform.
 */
export function startProcess(memory: number): BackendChild {
  const child = spawn(process.execPath, [...processFlags(memory), program], {
    cwd: dirname(program),
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  killWithPlatform(child)
  return child
}

const running = new Set<BackendChild>()

/** No backend outlives the process of the platform. */
function killWithPlatform(child: BackendChild): void {
  if (running.size === 0) process.once('exit', killAll)
  running.add(child)
  child.once('close', () => {
    running.delete(child)
    if (running.size === 0) process.off('exit', killAll)
  })
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
