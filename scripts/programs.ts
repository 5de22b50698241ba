import { spawn } from 'node:child_process'

/** A child process that was started and said that it is ready. */
export interface StartedProgram {
  match: RegExpMatchArray
  pid: number
  /** Asks it to stop and waits; ends it after ten seconds. Gives its exit code, null when it had to be ended. */
  stop(): Promise<number | null>
}

/** Runs a Node program to its end. Throws with its output when its status is not 0. */
export async function runProgram(
  args: string[],
  { env, cwd }: { env: NodeJS.ProcessEnv; cwd?: string },
): Promise<{ stdout: string; stderr: string }> {
  const child = spawn(process.execPath, args, { env, ...(cwd ? { cwd } : {}), stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, status] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ])
  const output = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }
  if (status !== 0) throw new Error(`${output.stderr}${output.stdout}`.trim() || `it ended with status ${status}`)
  return output
}

/** Starts a Node program and waits, 20 seconds at most, until its output has what says that it is ready. */
export async function startProgram(
  args: string[],
  { env, ready }: { env: NodeJS.ProcessEnv; ready: RegExp },
): Promise<StartedProgram> {
  // A group of its own: a Ctrl-C in the terminal reaches only the program that started it, which then stops it in order.
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const match = await new Promise<RegExpMatchArray>((resolve, reject) => {
    let output = ''
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`it was not ready in time\n${output}`))
    }, 20_000)
    const read = (chunk: Buffer) => {
      if (output.length < 100_000) output += chunk
      const found = output.match(ready)
      if (!found) return
      clearTimeout(late)
      resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('close', (status) => {
      clearTimeout(late)
      reject(new Error(`it ended with status ${status}\n${output}`))
    })
  })
  const stop = async () => {
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
    const status = await ended
    clearTimeout(force)
    return status
  }
  return { match, pid: child.pid as number, stop }
}
