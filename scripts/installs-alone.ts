// `pnpm installs-alone`: packs what is published, installs it with npm into an empty folder that no workspace stands
// behind, and uses it there. Prints sizes and exit codes; ends with 1 when something fails. Needs npm's registry.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from './programs.ts'

const root = join(import.meta.dirname, '..')
const published = ['cli', 'registry', 'host']
/** Longest time for one step, in milliseconds. */
const stepTime = 180_000

interface Packed {
  name: string
  file: string
  size: number
  unpackedSize: number
}

/** What matters here of a package in npm's lock file, which has those for other machines too. */
interface Locked {
  os?: string[]
  cpu?: string[]
  peer?: boolean
}

const folder = await mkdtemp(join(tmpdir(), 'plexica-alone-'))
let failed = 0
try {
  await useAlone()
} catch (error) {
  failed++
  console.error(error instanceof Error ? error.message : error)
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log(failed === 0 ? 'all of it runs alone' : `${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function useAlone(): Promise<void> {
  const packed: Packed[] = []
  for (const name of published) packed.push(await pack(join(root, 'packages', name)))
  const place = join(folder, 'alone')
  await mkdir(place)
  await writeFile(join(place, 'package.json'), '{ "private": true }\n')
  const began = performance.now()
  const files = packed.map(({ file }) => file)
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', ...files], place)
  console.log(`installed with one npm install in ${((performance.now() - began) / 1_000).toFixed(1)} s`)
  for (const one of packed) {
    await lookInside(join(place, 'node_modules', one.name))
    console.log(
      `${one.name.padEnd(18)} ${kilobytes(one.size)} packed, ${kilobytes(one.unpackedSize)} unpacked, comes with ${await companions(one, place)} others`,
    )
  }

  const bin = (name: string) => join(place, 'node_modules/.bin', name)
  await step('plexica --version', bin('plexica'), ['--version'], place)
  await step(
    'plexica init',
    bin('plexica'),
    ['init', '--id', 'sales-chart', '--template', 'frontend', '--author', 'Ann'],
    place,
  )
  const plugin = join(place, 'sales-chart')
  await step('plexica validate', bin('plexica'), ['validate'], plugin)
  const dryRun = ['publish', '--dry-run', '--offline', '--skip-tests']
  await step('plexica publish --dry-run --offline', bin('plexica'), dryRun, plugin)
  await step('the host is importable', process.execPath, ['-e', "await import('@plexica/host')"], place)
  await startAndStop(join(place, 'node_modules/@plexica/registry/bin/plexica-registry.cjs'))
}

/** Packs with npm, as whoever has nothing else would. */
async function pack(source: string): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], source)
  const [made] = JSON.parse(stdout.slice(stdout.search(/^\[/m)))
  return { ...made, file: join(folder, made.filename) }
}

/** What is published must not need the workspace. */
async function lookInside(installed: string): Promise<void> {
  const about = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  const needed = { ...about.dependencies, ...about.peerDependencies, ...about.optionalDependencies }
  for (const [name, range] of Object.entries(needed)) {
    if (/^(workspace|catalog|file|link):/.test(String(range))) report(`${about.name} needs ${name} at ${range}`)
  }
  for (const name of ['README.md', 'LICENSE']) {
    await readFile(join(installed, name)).catch(() => report(`${about.name} has no ${name}`))
  }
  for (const entry of await readdir(installed, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.includes('node_modules/', installed.length)) continue
    const content = await readFile(join(entry.parentPath, entry.name), 'utf8')
    if (content.includes(root)) report(`${about.name}: ${entry.name} names ${root}`)
  }
}

/** How many other packages npm brings for one of them. */
async function companions({ name, file }: Packed, beside: string): Promise<number> {
  const place = join(beside, '..', `only-${name.replace('/', '-')}`)
  await mkdir(place)
  await run('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund', file], place)
  const { packages } = JSON.parse(await readFile(join(place, 'package-lock.json'), 'utf8'))
  const here = ({ os, cpu, peer }: Locked) =>
    !peer && (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true)
  // The folder itself and the package are among them.
  return Object.values<Locked>(packages).filter(here).length - 2
}

async function startAndStop(program: string): Promise<void> {
  const data = join(folder, 'registry')
  await mkdir(data)
  const env = {
    ...process.env,
    PLEXICA_DATABASE_URL: `sqlite:${join(data, 'plexica.db')}`,
    PLEXICA_STORAGE_URL: `file:${join(data, 'blobs')}`,
    PLEXICA_PORT: '0',
    PLEXICA_LOG_LEVEL: 'info',
  }
  const registry = await startProgram([program, 'start'], { env, ready: /"url":"([^"]+)"/ })
  const { status } = await fetch(`${registry.match[1]}/healthz`, { signal: AbortSignal.timeout(10_000) })
  const code = await registry.stop()
  if (status !== 200 || code !== 0) failed++
  console.log(`  exit ${code}  plexica-registry start, /healthz answered ${status}, stopped by SIGTERM`)
}

async function step(title: string, command: string, args: string[], cwd: string): Promise<void> {
  const { status, output } = await spawned(command, args, cwd)
  console.log(`  exit ${status}  ${title}`)
  // What comes next needs it.
  if (status !== 0) throw new Error(output)
}

async function run(command: string, args: string[], cwd: string): Promise<{ stdout: string }> {
  const { status, stdout, output } = await spawned(command, args, cwd)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${output}`)
  return { stdout }
}

async function spawned(command: string, args: string[], cwd: string) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: stepTime })
  const [stdout, stderr, status] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ])
  const text = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }
  return { status, stdout: text.stdout, output: `${text.stderr}${text.stdout}`.trim() }
}

function report(problem: string): void {
  failed++
  console.error(problem)
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0)} kB`.padStart(8)
}
