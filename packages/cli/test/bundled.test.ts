import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readdir, readFile, realpath, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import about from '../package.json' with { type: 'json' }
import { templateNames } from '../src/commands/init.ts'
import { type Machine, openMachine } from './machine.ts'
import { writePlugin } from './small-plugin.ts'

const root = join(import.meta.dirname, '..')
let machine: Machine
let program: string

/** The package as npm installs it: what `files` names, built anew, with nothing but its dependencies beside it. */
beforeAll(async () => {
  machine = await openMachine()
  const modules = join(machine.folder, 'node_modules')
  const installed = join(modules, about.name)
  await mkdir(installed, { recursive: true })
  const built = spawn(process.execPath, [join(root, 'scripts/build.ts'), join(installed, 'dist')], { stdio: 'inherit' })
  expect((await once(built, 'close'))[0]).toBe(0)
  for (const name of [...about.files.filter((one) => one !== 'dist'), 'package.json']) {
    await cp(join(root, name), join(installed, name), { recursive: true })
  }
  for (const name of Object.keys(about.dependencies)) {
    await symlink(await realpath(join(root, 'node_modules', name)), join(modules, name))
  }
  program = join(installed, about.bin.plexica)
})
afterAll(() => machine.close())

async function run(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { cwd: machine.work, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { stdout, stderr, status }
}

test('what is published needs no sources', async () => {
  expect(await readdir(join(machine.folder, 'node_modules', about.name))).not.toContain('src')
  expect(await run('--version')).toEqual({ stdout: `${about.version}\n`, stderr: '', status: 0 })
  expect((await run('--help')).stdout).toContain('publish')
})

test('it finds the same as the sources do, and packs the same bytes', async () => {
  const folder = await writePlugin(join(machine.work, 'same'))
  const args = ['publish', folder, '--dry-run', '--offline', '--json']
  const [bundled, sources] = [await run(...args), await machine.run(args)]
  expect(bundled.status, bundled.stderr).toBe(0)
  expect(JSON.parse(bundled.stdout)).toEqual(JSON.parse(sources.stdout))
  const broken = await writePlugin(join(machine.work, 'broken'), { changes: { colour: 'red' } })
  expect((await run('validate', broken)).stdout).toBe((await machine.run(['validate', broken])).stdout)
})

test.each(templateNames)('it has the template %s', async (template) => {
  const made = await run('init', '--id', `bundled-${template}`, '--template', template)
  expect(made.status, made.stderr).toBe(0)
  expect((await run('publish', `bundled-${template}`, '--dry-run', '--offline')).status).toBe(0)
})

test('every command can be loaded', async () => {
  // None gets as far as a registry: each stops at a missing answer, a missing key or an address where nothing listens.
  const nowhere = ['--api-url', 'http://127.0.0.1:9']
  const runs = [
    ['login', ...nowhere],
    ['whoami', ...nowhere],
    ['logout', ...nowhere],
    ['search', 'x', ...nowhere],
    ['info', 'x-y', ...nowhere],
    ['install', 'x-y', ...nowhere],
    ...['list', 'outdated'].map((name) => [name, '--tenant', 'acme', ...nowhere]),
    ...['rollback', 'enable', 'disable', 'uninstall'].map((name) => [name, 'x-y', '--tenant', 'acme', ...nowhere]),
    ['configure', 'x-y', '--set', 'a=b', '--tenant', 'acme', ...nowhere],
    ['update', '--all', '--tenant', 'acme', ...nowhere],
    ['rate', 'x-y', '--stars', '5', ...nowhere],
    ['versions', 'x-y', ...nowhere],
    ['deprecate', 'x-y', '--undo', ...nowhere],
    ['keys', 'create', ...nowhere],
    ['keys', 'list', ...nowhere],
    ['keys', 'revoke', 'x', ...nowhere],
    ['doctor', ...nowhere],
    ['dev', 'nowhere'],
    ['completion', 'bash'],
    ['review', 'list', ...nowhere],
    ['review', 'show', 'x', ...nowhere],
    ['review', 'diff', 'x', ...nowhere],
    ['review', 'claim', 'x', ...nowhere],
    ['review', 'release', 'x', ...nowhere],
    ['review', 'walk', ...nowhere],
    ['review', 'approve', 'x', ...nowhere],
    ['review', 'reject', 'x', ...nowhere],
    ['submit', 'x-y@1.0.0', ...nowhere],
    ['status', 'same', ...nowhere],
    ['publish', 'same', ...nowhere],
  ]
  for (const args of runs) {
    const { status, stderr } = await run(...args)
    expect([0, 2, 4, 7], `${args.join(' ')}: ${stderr}`).toContain(status)
    expect(stderr).not.toContain('fault of plexica')
  }
})

test('nothing of the machine that built it is in it', async () => {
  const dist = join(machine.folder, 'node_modules', about.name, 'dist')
  const entries = await readdir(dist, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  for (const file of files) expect(await readFile(file, 'utf8')).not.toContain(root)
})
