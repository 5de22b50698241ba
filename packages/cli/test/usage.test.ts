import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import about from '../package.json' with { type: 'json' }
import { commands } from '../src/command-list.ts'
import { shells } from '../src/commands/completion.ts'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { writePlugin } from './small-plugin.ts'

const root = join(import.meta.dirname, '../../..')
let machine: Machine
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

test('--version prints the version and nothing else', async () => {
  for (const option of ['--version', '-V']) {
    expect(await machine.run([option])).toMatchObject({ status: 0, stdout: `${about.version}\n`, stderr: '' })
  }
})

test('--help names every command', async () => {
  const { status, stdout } = await machine.run(['--help'])
  expect(status).toBe(0)
  for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name.split(' ')[0]}`, 'm'))
})

test.each(commands.map(({ name }) => name))('the help of %s shows its options and examples', async (name) => {
  const command = commands.find((one) => one.name === name)
  const { status, stdout } = await machine.run([...name.split(' '), '--help'])
  expect(status).toBe(0)
  expect(stdout).toContain(`Usage: plexica ${name} [options]`)
  for (const option of Object.values(command?.options ?? {})) expect(stdout).toContain(option.flags)
  for (const example of command?.examples ?? []) expect(stdout).toContain(`$ ${example}`)
  expect(stdout).toContain(command?.summary.slice(0, 40))
  const [, page = '', section] = /^More: ([^#\s]+)(?:#(\S+))?$/m.exec(stdout) ?? []
  const headings = (await readFile(join(root, page), 'utf8')).match(/^##? .*$/gm) ?? []
  const anchors = headings.map((line) => line.replace(/^#+ /, '').toLowerCase().replaceAll(' ', '-'))
  if (section !== undefined) expect(anchors).toContain(section)
})

test.each(commands)('$name has examples', async ({ name, examples }) => {
  expect(examples.length).toBeGreaterThan(0)
  for (const example of examples) expect(example).toContain(`plexica ${name}`)
})

test('shells complete every command', async () => {
  for (const shell of shells) {
    const { stdout } = await machine.run(['completion', shell])
    for (const { name } of commands) for (const word of name.split(' ')) expect(stdout).toContain(word)
  }
})

test('nothing to do is a mistake that shows the help', async () => {
  for (const args of [[], ['review']]) {
    const { status, stdout, stderr } = await machine.run(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('Usage: plexica')
  }
})

test.each([
  { args: ['pubish'], words: "Unknown command 'pubish' (Did you mean publish?)", fix: 'plexica --help' },
  {
    args: ['review', 'aprove'],
    words: "Unknown command 'aprove' (Did you mean approve?)",
    fix: 'plexica review --help',
  },
  {
    args: ['publish', '--dry-rum'],
    words: "Unknown option '--dry-rum' (Did you mean --dry-run?)",
    fix: 'plexica publish --help',
  },
  { args: ['publish', '--timeout', 'soon'], words: 'Write a number above 0', fix: 'plexica publish --help' },
  { args: ['publish', '--timeout', '0'], words: 'Write a number above 0', fix: 'plexica publish --help' },
  { args: ['publish', '--version'], words: 'argument missing', fix: 'plexica publish --help' },
  { args: ['validate', 'a', 'b'], words: 'Too many arguments', fix: 'plexica validate --help' },
  { args: ['info'], words: "Missing required argument 'plugin'", fix: 'plexica info --help' },
  { args: ['init', '--template', 'huge'], words: "'huge' is invalid", fix: 'plexica init --help' },
])('$args is a mistake in the command line', async ({ args, words, fix }) => {
  const told = await machine.run(args)
  expect({ status: told.status, stdout: told.stdout }).toEqual({ status: 2, stdout: '' })
  expect(told.stderr).toContain(words)
  expect(told.stderr).toContain(fix)
  expect(told.stderr).not.toMatch(/^\s+at /m)
  const json = await machine.run([...args, '--json'])
  expect(json.status).toBe(2)
  expect(Object.keys(answerOf(json).error)).toEqual(['code', 'message', 'fix', 'findings'])
})

test.each([
  ['--offline', '--dry-run'],
  ['--wait --dry-run', '--wait has nothing to wait for'],
  ['--wait --draft', '--wait has nothing to wait for'],
  ['--version one', 'not a semantic version'],
])('publish %s contradicts itself', async (options, words) => {
  const { status, stderr } = await machine.run(['publish', ...options.split(' ')])
  expect(status).toBe(2)
  expect(stderr).toContain(words)
})

test('a folder that is not there, or is a file, is a mistake in the command line', async () => {
  const file = join(machine.work, 'a-file')
  await writeFile(file, '')
  for (const [folder, words] of [
    ['nowhere', 'There is no folder'],
    ['a-file', 'is a file, not a folder'],
    ['a-file/below', 'There is no folder'],
  ] as const) {
    const { status, stderr } = await machine.run(['build', folder])
    expect(status).toBe(2)
    expect(stderr).toContain(words)
  }
})

test('a folder that was removed meanwhile is named, not a crash', async () => {
  const gone = join(machine.work, 'gone')
  const program = join(import.meta.dirname, '../bin/plexica.js')
  const command = `mkdir "${gone}" && cd "${gone}" && rmdir "${gone}" && "${process.execPath}" "${program}" validate`
  const child = spawn('sh', ['-c', command], { stdio: 'pipe' })
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect(status).toBe(3)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('every mistake of the settings is named at once', async () => {
  const folder = await writePlugin(join(machine.work, 'badly-set'), {
    files: { 'plexica.config.json': '{ "apiUrl": 7, "apikey": "x", "apiKey": "plx_secret", "testTimeout": -1 }' },
  })
  const { status, stdout } = await machine.run(['publish', '--dry-run', '--offline', '--json', folder])
  expect(status).toBe(2)
  expect(stdout).not.toContain('plx_secret')
  const { error } = JSON.parse(stdout)
  expect(error.code).toBe('settings_invalid')
  expect(error.findings.map(({ code }: { code: string }) => code).sort()).toEqual([
    'settings-key-in-file',
    'settings-unknown-key',
    'settings-wrong-type',
    'settings-wrong-type',
  ])
})

test('a reader that goes away early ends nothing', async () => {
  const program = join(import.meta.dirname, '../bin/plexica.js')
  const { child, ended } = machine.start(['publish', '--help'])
  child.stdout.destroy()
  expect(await ended).toMatchObject({ status: 0, stderr: '' })
  const piped = spawn('sh', ['-c', `"${process.execPath}" "${program}" --help | head -n 1`], { stdio: 'pipe' })
  const [stdout, stderr] = await Promise.all([text(piped.stdout), text(piped.stderr)])
  expect({ stdout, stderr }).toEqual({ stdout: 'Usage: plexica [options] [command]\n', stderr: '' })
})

test('a Node that is too old is told so in one sentence', async () => {
  const old = join(machine.folder, 'old-node.cjs')
  await writeFile(old, "Object.defineProperty(process.versions, 'node', { value: '22.18.0' })")
  const program = join(import.meta.dirname, '../bin/plexica.js')
  const child = spawn(process.execPath, ['--require', old, program, '--version'], { stdio: 'pipe' })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  expect({ stdout, stderr, status }).toEqual({
    stdout: '',
    stderr: 'plexica needs Node 22.19 or newer; this is Node 22.18.0. See https://nodejs.org.\n',
    status: 1,
  })
})

test('colour comes only where it is wanted', async () => {
  const folder = await writePlugin(join(machine.work, 'colourless'), { changes: { category: 'nothing' } })
  const plain = await machine.run(['validate', folder])
  expect(plain.stdout).not.toContain('\u001b[')
  const coloured = await machine.run(['validate', folder], { env: { FORCE_COLOR: '1' } })
  expect(coloured.stdout).toContain('\u001b[31m')
})
