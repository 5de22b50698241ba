import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../../scripts/free-port.ts'
import type { Command } from '../src/command.ts'
import { commands } from '../src/command-list.ts'
import type { World } from '../src/context.ts'
import { exitCodes } from '../src/exit-codes.ts'
import { readCommandLine } from '../src/program.ts'
import { type CommandRow, commandRows, flawless, type Scene } from './command-rows.ts'
import { type Ended, type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'
import { writePlugin } from './small-plugin.ts'

const table = '../../../docs/reference/commands.md'

let machine: Machine
let registry: RegistryWithPeople
/** An address at which nobody listens. */
let nowhere: string

beforeAll(async () => {
  ;[machine, registry] = await Promise.all([openMachine(), startRegistryWithPeople()])
  nowhere = `http://127.0.0.1:${await freePort()}`
})
afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

/** In what surroundings each command is run. None has a terminal. */
const surroundings = {
  'everything given': { args: (row: CommandRow) => row.given },
  'answers missing': { args: (row: CommandRow) => row.missing, silent: true },
  'waiting, then Ctrl-C': { args: (row: CommandRow) => row.waiting },
  'no network': { args: (row: CommandRow) => row.given, offline: true },
  'no key': { args: (row: CommandRow) => row.given, keyless: true, silent: true },
  '`--json`': {
    args: (row: CommandRow) => (scene: Scene) => [...row.given(scene), '--json'],
    json: true,
  },
} satisfies Record<string, Surroundings>
interface Surroundings {
  args: (row: CommandRow) => CommandRow['given'] | undefined
  /** Nothing is piped into it. */
  silent?: boolean
  offline?: boolean
  keyless?: boolean
  json?: boolean
}

test('every command has a row, and every row a command', () => {
  expect(Object.keys(commandRows).sort()).toEqual(commands.map(({ name }) => name).sort())
})

test('what every command answers in every surroundings', async () => {
  const lines = new Map<string, string>()
  const open = commands.flatMap((command) => Object.entries(surroundings).map((one) => ({ command, one })))
  const failed: unknown[] = []
  const worker = async () => {
    for (let next = open.shift(); next; next = open.shift()) {
      const { command, one } = next
      const line = await lineOf(command, one[0], one[1]).catch((error: unknown) => void failed.push(error))
      if (line) lines.set(`${command.name} ${one[0]}`, line)
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  // All of them at once: each is a run to look at.
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('\n\n'))
  await expect(pageOf(lines)).toMatchFileSnapshot(table)
}, 240_000)

/** Runs the command and says how it ended. Undefined where it has no such way to be called. */
async function lineOf(command: Command, where: string, how: Surroundings): Promise<string | undefined> {
  const row = commandRows[command.name] as CommandRow
  const argsOf = how.args(row)
  if (argsOf === undefined || (how.json && !('json' in command.options))) return undefined
  const isPrepared = !how.offline && !(how.keyless && !row.public)
  const scene = await sceneOf(`${command.name} ${where}`, row, isPrepared)
  const cwd = await writePlugin(join(machine.work, scene.id), {
    changes: { id: scene.id, ...flawless.changes },
    files: flawless.files,
  })
  const settings = join(machine.settings, scene.id)
  await mkdir(settings, { recursive: true })
  const { key } = row.as === 'admin' ? scene.admin : registry[row.as]
  const env: Record<string, string> = {
    XDG_CONFIG_HOME: settings,
    PLEXICA_API_URL: how.offline ? nowhere : registry.url,
    ...(how.keyless || row.keyPiped ? {} : { PLEXICA_API_KEY: key }),
    ...(row.as === 'admin' ? { PLEXICA_TENANT: scene.tenant } : {}),
  }
  const args = [...command.name.split(' '), ...argsOf(scene)]
  if (row.before && !how.offline) {
    const before = await machine.run(row.before, { cwd, env, stdin: key })
    expect(before.status, before.stderr).toBe(exitCodes.done)
  }
  const stopThere = (words: string) => {
    if (!child.killed && row.stopAt?.test(words)) child.kill('SIGINT')
  }
  const { child, ended } = machine.start(args, {
    cwd,
    env,
    ...(row.keyPiped && !how.silent ? { stdin: key } : {}),
    onStderr: stopThere,
    onStdout: stopThere,
  })
  const run = await ended
  const name = args.join(' ')
  const exit = Object.entries(exitCodes).find(([, code]) => code === run.status)?.[0]
  expect(exit, `${name} (${where}) ended with ${run.status} ${run.signal}\n${run.stderr}`).toBeDefined()
  expect(exit, `${name} (${where})\n${run.stderr}`).not.toBe('fault' satisfies keyof typeof exitCodes)
  expect(`${run.stdout}${run.stderr}`, name).not.toMatch(/^\s+at .+:\d+/m)
  const said = how.json ? firstKey(run) : firstLine(run, row)
  expect(said, `${name} (${where}) says nothing`).not.toBe('')
  return `| ${where} | ${run.status} | ${cell(said, scene, cwd)} |`
}

/** A plugin for one run alone and, for tenants, a tenant, so that runs at the same time do not see each other. */
async function sceneOf(title: string, { as, prepare }: CommandRow, isPrepared: boolean): Promise<Scene> {
  const id = title
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replace(/-$/, '')
  const unprepared = { registry, id, tenant: 'acme', admin: registry.ada, submission: '01J8ZQ4M6T' }
  if (!isPrepared) return unprepared
  const scene = as === 'admin' ? { ...unprepared, ...(await ownTenant(id)) } : unprepared
  await prepare?.(scene)
  const [submission] = as === 'root' ? await registry.submissionsOf(id) : []
  return submission ? { ...scene, submission: submission.id } : scene
}

async function ownTenant(id: string): Promise<Pick<Scene, 'tenant' | 'admin'>> {
  const tenant = `of-${id}`
  await registry.root.client.createTenant({ body: { id: tenant, name: 'Acme' } })
  return { tenant, admin: await registry.person(`admin-${id}`, 'tenant-admin', { tenantId: tenant }) }
}

/** Of an answer its first line; of a failure the sentence that says why, which a fix follows. */
function firstLine({ status, stdout, stderr }: Ended, { answer }: CommandRow): string {
  // What runs until it is stopped has said what there was to say.
  if (status === exitCodes.done || (status === exitCodes.interrupted && stdout !== '')) {
    const line = answer && stdout.split('\n').find((one) => answer.test(one))
    return line ?? (firstOf(stdout) || firstOf(stderr))
  }
  expect(`${stdout}${stderr}`).toMatch(/^ *fix: ./m)
  return stderr.split('\n').find((line) => line.startsWith('plexica: ')) ?? firstOf(stderr)
}

function firstOf(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? ''
}

function firstKey({ stdout }: Ended): string {
  const answer: Record<string, { code?: string } | undefined> = JSON.parse(stdout)
  const [key = ''] = Object.keys(answer)
  return key === 'error' ? `error.code: ${answer.error?.code}` : key
}

/** What differs from run to run is replaced by what people would see in its place. */
function cell(text: string, { id, tenant }: Scene, cwd: string): string {
  const plain = text
    .replaceAll(cwd, '~/sales-chart')
    .replaceAll(machine.work, '~')
    .replaceAll(machine.settings, '~/.config')
    .replaceAll(registry.url, 'http://localhost:4873')
    .replaceAll(nowhere, 'http://localhost:4873')
    .replaceAll(tenant, 'acme')
    .replaceAll(id, 'sales-chart')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '01J8ZQ4M6T')
    .replaceAll(new URL(nowhere).host, 'localhost:4873')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'localhost:5173')
    .replaceAll(/^\d+\. /g, '1. ')
    .replaceAll(/\d+ min\b/g, '0 min')
    .replaceAll(/risk \d+/g, 'risk 15')
    .replaceAll(/[\d.]+ kB/g, '1.6 kB')
    .replaceAll(/\d\d:\d\d UTC/g, '12:00 UTC')
    .replaceAll(/Node [\d.]+ on \w+ \w+/g, 'Node 24.21.0 on linux x64')
    .replaceAll(/sha256-\S+/g, 'sha256-…')
    .replaceAll(/plx_\w+/g, 'plx_…')
    .replaceAll(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, '2027-01-31')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return `\`${plain.replaceAll('`', '’').replaceAll('|', '\\|')}\``
}

function pageOf(lines: ReadonlyMap<string, string>): string {
  const meanings: Record<keyof typeof exitCodes, string> = {
    done: 'done',
    fault: 'a fault of plexica itself',
    usage: 'the command line or the settings are wrong',
    invalid: 'the plugin, or what the registry was asked for, is not valid',
    notAllowed: 'not allowed, or no key',
    conflict: 'it conflicts with what is there',
    rejected: 'the review rejected it',
    unreachable: 'the registry could not be reached',
    timedOut: 'timed out waiting for a decision',
    buildOrTests: 'the build or the tests failed',
    interrupted: 'interrupted',
  }
  const codes = Object.entries(meanings).map(
    ([name, meaning]) => `| ${exitCodes[name as keyof typeof exitCodes]} | ${meaning} |`,
  )
  const sections = commands.flatMap((command) => [
    `## plexica ${command.name}`,
    '',
    `${command.summary}.`,
    '',
    '```',
    usageOf(command),
    '```',
    '',
    '| | exit | first line, or first key of the JSON |',
    '| --- | --- | --- |',
    ...Object.keys(surroundings).flatMap((where) => lines.get(`${command.name} ${where}`) ?? []),
    '',
  ])
  return [
    '<!-- Made by packages/cli/test/command-table.test.ts. -->',
    '',
    '# Commands',
    '',
    'How every command ends without a terminal, as scripts and CI run it: its exit code and the first line of its answer',
    'or, where it fails, of what it says about that.',
    '',
    '| exit | meaning |',
    '| --- | --- |',
    ...codes,
    '',
    ...sections,
  ].join('\n')
}

/** The first line of the command's help, made by the program itself. */
function usageOf({ name }: Command): string {
  const unused = { isTerminal: false, columns: 400, write: () => undefined }
  const world: World = {
    argv: [...name.split(' '), '--help'],
    cwd: machine.work,
    env: {},
    stdin: () => process.stdin,
    stdout: unused,
    stderr: unused,
    signal: new AbortController().signal,
  }
  const wish = readCommandLine(world, '0.0.0')
  if (wish.kind !== 'words') throw new Error(`\`plexica ${name} --help\` is no help`)
  return firstOf(wish.text).replace('Usage: ', '')
}
