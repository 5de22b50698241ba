import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPlexica } from './install-plexica.ts'

/** Where Node itself would keep compiled code, were it not for the machines' own temporary folders. */
const compileCache = join(tmpdir(), 'node-compile-cache')

const installed = installPlexica()

/** How a run of plexica ended, and all that it wrote. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly milliseconds: number
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** What is typed or piped into it. */
  readonly stdin?: string
  /** Gets all of stderr so far, whenever there is more. */
  readonly onStderr?: (text: string) => void
  /** The same of stdout. */
  readonly onStdout?: (text: string) => void
}

const secrets = new Set<string>()

/** From now on a run whose output has this text fails its test. */
export function keepSecret(text: string): void {
  secrets.add(text)
}

export type Machine = Awaited<ReturnType<typeof openMachine>>

/** Somebody's machine: a home, settings, a temporary folder and plugins of its own. `env` stands for every run. */
export async function openMachine(env: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'plexica-online-'))
  const place = (name: string) => join(folder, name)
  await Promise.all(['home', 'temporary', 'work'].map((name) => mkdir(place(name))))
  const own = {
    PATH: process.env.PATH ?? '',
    HOME: place('home'),
    XDG_CONFIG_HOME: place('settings'),
    TMPDIR: place('temporary'),
    NODE_COMPILE_CACHE: compileCache,
    ...env,
  }

  const program = await installed
  /** Starts plexica as a process of its own. */
  const start = (args: readonly string[], { cwd = place('work'), env, stdin, ...on }: RunOptions = {}) => {
    const began = performance.now()
    const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...own, ...env }, stdio: 'pipe' })
    // One that ends before it has read all is nothing special.
    child.stdin.on('error', () => undefined).end(stdin)
    const text = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (part: string) => {
        text[name] += part
        const tell = name === 'stderr' ? on.onStderr : on.onStdout
        tell?.(text[name])
      })
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status, signal) => {
        const shown = [...secrets].find((secret) => `${text.stdout}${text.stderr}`.includes(secret))
        if (shown !== undefined) reject(new Error(`\`plexica ${args[0]}\` showed the secret ${shown.slice(0, 8)}…`))
        else resolve({ status, signal, ...text, milliseconds: performance.now() - began })
      })
    })
    return { child, ended }
  }

  return {
    folder,
    settings: place('settings'),
    work: place('work'),
    /** The program itself, and the environment of every run, for those who start it another way. */
    program,
    env: own,
    start,
    run: (args: readonly string[], options?: RunOptions) => start(args, options).ended,
    /** Makes a plugin with `plexica init`, without its tests: their runner takes longer than a whole publish. Gives its folder. */
    async plugin(id: string, template: 'frontend' | 'widget' | 'full' = 'frontend'): Promise<string> {
      const made = await start(['init', '--id', id, '--template', template, '--author', 'Ann']).ended
      if (made.status !== 0) throw new Error(made.stderr)
      const plugin = join(place('work'), id)
      await changeJson(join(plugin, 'package.json'), { scripts: {} })
      return plugin
    },
    /** What lies in the temporary folder. */
    leftovers: () => readdir(place('temporary')),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The answer of a run with `--json`. Throws when stdout is not one JSON object. */
export function answerOf({ stdout }: Ended) {
  return JSON.parse(stdout)
}

/** Changes top-level keys of a JSON file. */
export async function changeJson(file: string, changes: object): Promise<void> {
  const content = { ...JSON.parse(await readFile(file, 'utf8')), ...changes }
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`)
}

/** Every file below a folder with the hash of its content, so that two moments can be compared. */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  const hashes = await Promise.all(
    files.toSorted().map(async (file) => [
      file,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ]),
  )
  return Object.fromEntries(hashes)
}
