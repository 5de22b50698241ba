import { type Console, createConsole } from './console.ts'
import type { Context, World } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { Failure, failure } from './failure.ts'
import { openOutput } from './output.ts'
import { readCommandLine } from './program.ts'
import { namesProxy, useProxy } from './use-proxy.ts'
import { version } from './version.ts'

/** How long work that was interrupted may take to tidy up, in milliseconds. */
const tidyTime = 2_000

let opened: Promise<Console> | undefined
const interruption = new AbortController()
const world: World = {
  argv: process.argv.slice(2),
  cwd: currentFolder(),
  env: process.env,
  stdin: () => process.stdin,
  stdout: openOutput('stdout'),
  stderr: openOutput('stderr'),
  signal: interruption.signal,
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted)
    interruption.abort(failure('interrupted', 'Interrupted.'))
  })
}
process.once('uncaughtException', (error) => report(error).then(process.exit, giveUp))

run().then(process.exit, giveUp)

/** Where this was started; the root when that folder is gone, so that the failure is about the folder and not a crash. */
function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    return '/'
  }
}

/** When even the console cannot be loaded, as after a damaged installation. */
function giveUp(error: unknown): void {
  world.stderr.write(`plexica: ${error instanceof Error ? error.message : error}\n`)
  process.exit(exitCodes.fault)
}

async function run(): Promise<ExitCode> {
  try {
    if (world.argv.length === 1 && (world.argv[0] === '--version' || world.argv[0] === '-V')) {
      world.stdout.write(`${version}\n`)
      return exitCodes.done
    }
    const wish = readCommandLine(world, version)
    if (wish.kind === 'words') {
      const stream = wish.exit === exitCodes.done ? world.stdout : world.stderr
      stream.write(wish.text)
      return wish.exit
    }
    if (namesProxy(world.env)) useProxy(world.env)
    const context: Context = { ...world, console: await openConsole(wish.json), json: wish.json }
    const { answer, exit = exitCodes.done } = await untilInterrupted(wish.run(context))
    if (wish.json) world.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
    return interruption.signal.aborted ? exitCodes.interrupted : exit
  } catch (error) {
    return report(error)
  }
}

/** The work's result; after an interruption only if it comes soon, because somebody is waiting for the prompt. */
async function untilInterrupted<Result>(work: Promise<Result>): Promise<Result> {
  const tooLate = new Promise<never>((_, reject) => {
    interruption.signal.addEventListener('abort', () => setTimeout(() => reject(interruption.signal.reason), tidyTime))
  })
  return Promise.race([work, tooLate])
}

async function report(error: unknown): Promise<ExitCode> {
  const found = await failureOf(error)
  const json = world.argv.includes('--json')
  const console = await openConsole(json)
  console.failure(found)
  if (world.env.PLEXICA_DEBUG === '1') console.note(inspectError(error))
  if (json) {
    const { code, message, fix, findings } = found
    world.stdout.write(`${JSON.stringify({ error: { code, message, fix, findings } }, null, 2)}\n`)
  }
  return found.exit
}

/** One for the whole run, so that a finding is shown once. */
function openConsole(json: boolean): Promise<Console> {
  opened ??= createConsole(world, json)
  return opened
}

async function failureOf(error: unknown): Promise<Failure> {
  if (interruption.signal.aborted) return failure('interrupted', 'Interrupted.', { cause: error })
  if (error instanceof Failure) return error
  if (!(error instanceof Error)) return failure('fault', String(error))
  // A prompt that was left with Ctrl-C.
  if (error.name === 'ExitPromptError') return failure('interrupted', 'Interrupted.')
  if (error.name === 'ApiError') {
    const { failureOfApi } = await import('./api-failure.ts')
    const found = failureOfApi(error)
    if (found) return found
  }
  const { failureOfFileSystem } = await import('./file-system-failure.ts')
  return failureOfFileSystem(error) ?? failure('fault', error.message, { cause: error })
}

function inspectError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return `${error.stack ?? error.message}${error.cause === undefined ? '' : `\ncaused by ${inspectError(error.cause)}`}`
}
