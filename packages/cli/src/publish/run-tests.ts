import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure } from '../failure.ts'
import { readTextFile } from '../read-file.ts'

/** So much of the tests' output is kept for showing: its end. */
const outputLimit = 64 * 1024
/** What `npm init` writes when there are no tests. */
const noTests = /no test specified/

/** The command of the plugin's `scripts.test`; undefined when it has none. */
function findTests(folder: string): string | undefined {
  const text = readTextFile(join(folder, 'package.json'), 1024 * 1024)
  if (text === undefined) return undefined
  try {
    const command: unknown = JSON.parse(text)?.scripts?.test
    return typeof command === 'string' && command.trim() !== '' && !noTests.test(command) ? command : undefined
  } catch (error) {
    throw failure('tests_failed', `package.json is not JSON: ${(error as Error).message}.`, {
      fix: 'Correct package.json; the plugin’s tests are its `scripts.test`.',
    })
  }
}

export interface TestRun {
  folder: string
  env: Readonly<Record<string, string | undefined>>
  /** Seconds. */
  timeout: number
  signal: AbortSignal
}

/** Runs the plugin's tests if it has any. */
export async function testPlugin(run: TestRun): Promise<'passed' | 'none'> {
  if (findTests(run.folder) === undefined) return 'none'
  await runTests(run)
  return 'passed'
}

/**
 * Runs the plugin's tests with this Node. Rejects with a failure when they fail or take too long. Whatever they started
 * is ended with them.
 */
async function runTests(run: TestRun): Promise<void> {
  // Inside a test run of Node the tests would report to that one instead.
  const { NODE_TEST_CONTEXT: _, ...inherited } = run.env
  // `node` in a script means this Node, as under npm.
  const pathName = Object.keys(inherited).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const path = [dirname(process.execPath), inherited[pathName]].filter(Boolean).join(delimiter)
  const child = spawn(process.execPath, ['--run', 'test'], {
    cwd: run.folder,
    env: { ...inherited, [pathName]: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a test's servers and browsers can be ended with it.
    detached: process.platform !== 'win32',
  })
  const output = keepEnd(outputLimit)
  child.stdout.on('data', output.add)
  child.stderr.on('data', output.add)

  let timedOut = false
  const end = () => endGroup(child.pid)
  const clock = setTimeout(() => {
    timedOut = true
    end()
  }, run.timeout * 1000)
  run.signal.addEventListener('abort', end, { once: true })
  const closed = once(child, 'close')
  closed.catch(() => undefined)
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    // A process that was left behind may hold the output open, so not for long.
    await Promise.race([closed, sleep(500, undefined, { ref: false })])
    run.signal.throwIfAborted()
    if (timedOut) {
      const message = `The tests did not end within ${run.timeout} seconds.`
      throw failure('tests_timed_out', message, { output: output.text() })
    }
    if (code !== 0) {
      const how = code === null ? `were ended by ${signal}` : `ended with exit code ${code}`
      throw failure('tests_failed', `The tests ${how}.`, { output: output.text() })
    }
  } finally {
    clearTimeout(clock)
    run.signal.removeEventListener('abort', end)
    child.stdout.destroy()
    child.stderr.destroy()
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}

function keepEnd(limit: number) {
  let chunks: Buffer[] = []
  let length = 0
  return {
    add: (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length > 2 * limit) {
        chunks = [Buffer.concat(chunks).subarray(-limit)]
        length = limit
      }
    },
    text: () => Buffer.concat(chunks).subarray(-limit).toString('utf8').trimEnd(),
  }
}
