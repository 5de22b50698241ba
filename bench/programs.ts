import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'

/** Runs a program to its end and gives its wall time in milliseconds. Throws with its output when it fails. */
export async function timeProgram(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const started = performance.now()
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const status = await new Promise((resolve) => child.once('close', resolve))
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${output.slice(-4_000)}`)
  return performance.now() - started
}

/** A server in a child process, until `stop`. */
export interface Served {
  url: string
  pid: number
  stop(): Promise<void>
}

/** Starts a server program and waits until it answers over HTTP, 30 seconds at most. */
export async function serve(
  command: string,
  args: string[],
  { url, env, cwd }: { url: string; env?: NodeJS.ProcessEnv; cwd?: string },
): Promise<Served> {
  const child = spawn(command, args, {
    ...(env ? { env } : {}),
    ...(cwd ? { cwd } : {}),
    // Its log is nobody's: reading a line for each request would cost what is measured.
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr?.on('data', (chunk) => (output = (output + chunk).slice(-4_000)))
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 300) throw new Error(`${command} did not start\n${output}`)
    if (
      await fetch(url).then(
        ({ body }) => body?.cancel().then(() => true) ?? true,
        () => false,
      )
    )
      break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { url, pid: child.pid as number, stop: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(force)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
