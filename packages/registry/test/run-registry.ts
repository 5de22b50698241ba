import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { commands } from '../src/commands.ts'
import { runCommand } from '../src/run-command.ts'
import { freshDatabase } from './fresh-database.ts'
import { freshStorage } from './fresh-storage.ts'

const bin = join(import.meta.dirname, '../bin/plexica-registry.cjs')

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** A folder of a test's own, and the settings of a registry that keeps everything there, or where the run keeps it. */
export async function freshSettings(): Promise<{
  folder: string
  env: { PLEXICA_DATABASE_URL: string } & Record<string, string>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-command-'))
  const database = await freshDatabase(join(folder, 'rows'))
  const storage = await freshStorage(folder)
  onTestFinished(async () => {
    await database.drop()
    await storage.drop()
    await rm(folder, { recursive: true, force: true })
  })
  const env = {
    PLEXICA_DATABASE_URL: database.url,
    PLEXICA_STORAGE_URL: storage.url,
    PLEXICA_PORT: '0',
    ...storage.env,
  }
  return { folder, env }
}

/** Runs a command line in this process: what it prints, what it says, and its exit code. */
export async function typeCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  let stdout = ''
  let stderr = ''
  const code = await runCommand(commands, '1.2.3', args, {
    env,
    print: (text) => {
      stdout += `${text}\n`
    },
    say: (text) => {
      stderr += `${text}\n`
    },
    watched: false,
  })
  return { code, stdout, stderr }
}

/** Runs a command line as a process of its own and waits for its end. */
export async function runRegistry(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [bin],
): Promise<Ended> {
  const child = spawnRegistry(args, env, nodeArgs)
  return endOf(child)
}

/** A registry as a process of its own, started and listening. */
export async function startProcess(
  env: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [bin],
): Promise<{ url: string; child: ChildProcess; ended: Promise<Ended> }> {
  const child = spawnRegistry(['start'], env, nodeArgs)
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = endOf(child)
  const url = await Promise.race([listening(child), ended.then(({ stderr }) => Promise.reject(new Error(stderr)))])
  return { url, child, ended }
}

function spawnRegistry(args: readonly string[], env: Readonly<Record<string, string>>, nodeArgs: readonly string[]) {
  const { PATH = '' } = process.env
  return spawn(process.execPath, [...nodeArgs, ...args], { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function endOf(child: ReturnType<typeof spawnRegistry>): Promise<Ended> {
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part
    })
  }
  const [code, signal] = await once(child, 'close')
  return { code, signal, ...text }
}

/** The address in the log's line that says that the registry listens. */
async function listening({ stdout }: ReturnType<typeof spawnRegistry>): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  createInterface(stdout).on('line', (line) => {
    const { msg, url } = JSON.parse(line)
    if (msg === 'listening') resolve(url)
  })
  return promise
}
