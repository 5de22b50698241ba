import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { type Machine, openMachine } from './machine.ts'
import { type RegistryWithPeople, startRegistryWithPeople } from './registry-with-people.ts'

vi.setConfig({ testTimeout: 120_000 })

interface Step {
  id?: string
  uses?: string
  shell?: string
  env?: Record<string, string>
  run?: string
}
interface Action {
  inputs: Record<string, { description: string; required?: boolean; default?: string }>
  outputs: Record<string, { value: string }>
  runs: { using: string; steps: Step[] }
}

const root = join(import.meta.dirname, '../../..')
const action: Action = parse(await readFile(join(root, 'action.yml'), 'utf8'))
const script = action.runs.steps.find(({ id }) => id === 'publish')

let registry: RegistryWithPeople
let machine: Machine
let cwd: string

beforeAll(async () => {
  registry = await startRegistryWithPeople()
  machine = await openMachine()
  cwd = await machine.plugin('action-card')
  // `npx` as a runner has it, but for the program that it finds.
  const npx = join(machine.folder, 'bin/npx')
  await mkdir(join(machine.folder, 'bin'))
  await writeFile(npx, `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${machine.program}" "$@"\n`)
  await chmod(npx, 0o755)
})
afterAll(async () => {
  await machine?.close()
  await registry?.stop()
})

test('the action is composite, and every input and output that it names is declared', () => {
  expect(action.runs.using).toBe('composite')
  expect(action.runs.steps.map(({ uses, shell }) => uses ?? shell)).toEqual(['actions/setup-node@v4', 'bash'])
  const named = Object.values(script?.env ?? {}).map((value) => /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(value)?.[1])
  expect(named.toSorted()).toEqual(Object.keys(action.inputs).toSorted())
  expect(script?.run).not.toContain('${{')
  for (const { value } of Object.values(action.outputs))
    expect(value).toMatch(/^\$\{\{ steps\.publish\.outputs\.\w+ \}\}$/)
})

/** Runs the script of the action as a runner does: with the inputs in its environment. */
async function runAction(given: Record<string, string>, env: Record<string, string> = {}) {
  const variables = Object.entries(script?.env ?? {}).map(([name, value]): [string, string] => {
    const input = /inputs\.([a-z-]+)/.exec(value)?.[1] ?? ''
    return [name, given[input] ?? action.inputs[input]?.default ?? '']
  })
  const output = join(machine.folder, `output-${crypto.randomUUID()}`)
  await writeFile(output, '')
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script?.run ?? ''], {
    cwd,
    env: {
      ...machine.env,
      PATH: [join(machine.folder, 'bin'), join(process.execPath, '..'), process.env.PATH].join(delimiter),
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      ...Object.fromEntries(variables),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const lines = (await readFile(output, 'utf8')).trim().split('\n')
  return { status, words: `${stdout}${stderr}`, outputs: Object.fromEntries(lines.map((line) => line.split('='))) }
}

test('it makes a dry run of a branch and publishes a tag', async () => {
  const inputs = { 'api-url': registry.url, 'api-key': registry.ann.key }
  const branch = await runAction(inputs, { GITHUB_REF_TYPE: 'branch' })
  expect(branch.status, branch.words).toBe(0)
  expect(branch.outputs).toMatchObject({ status: 'dry-run', version: '0.1.0', submission: '' })
  expect(await registry.submissionsOf('action-card')).toEqual([])
  const tag = await runAction(inputs, { GITHUB_REF_TYPE: 'tag' })
  expect(tag.status, tag.words).toBe(0)
  const [submission] = await registry.submissionsOf('action-card')
  expect(tag.outputs).toEqual({
    status: 'pending_review',
    version: '0.1.0',
    digest: branch.outputs.digest,
    submission: submission?.id,
  })
})

test('it asks nobody from a fork, ends as the command line does, and reads no input as code', async () => {
  const env = { GITHUB_REF_TYPE: 'branch', ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9' }
  const fork = await runAction({ 'api-url': 'http://127.0.0.1:9', folder: '.' }, env)
  expect(fork.status, fork.words).toBe(0)
  expect(fork.words).toContain('DRY RUN without the registry')
  const waiting = await runAction({
    'api-url': registry.url,
    'api-key': registry.ann.key,
    publish: 'always',
    wait: '1',
  })
  expect(waiting.status, waiting.words).toBe(8)
  const folder = '$(touch hacked); touch hacked'
  const hostile = await runAction({ 'api-url': registry.url, folder }, { GITHUB_REF_TYPE: 'branch' })
  expect(hostile.status, hostile.words).toBe(2)
  expect(hostile.words).toContain('There is no folder')
  await expect(readFile(join(cwd, 'hacked'))).rejects.toThrow()
  expect((await runAction({ 'api-url': registry.url, publish: 'maybe' })).status).toBe(2)
})

test('every block of YAML in the guide can be read', async () => {
  const guide = await readFile(join(root, 'docs/publishing-plugins.md'), 'utf8')
  const blocks = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, block = '']) => parse(block))
  expect(blocks.length).toBeGreaterThanOrEqual(2)
  const [github, gitlab] = blocks
  const used = github.jobs.plugin.steps.find(({ with: given }: { with?: object }) => given !== undefined)
  for (const name of Object.keys(used.with)) expect(Object.keys(action.inputs)).toContain(name)
  expect(github.jobs.plugin.permissions['id-token']).toBe('write')
  expect(Object.keys(gitlab.publish.id_tokens)).toEqual(['PLEXICA_ID_TOKEN'])
  // What the job of GitLab types is what the command line takes.
  for (const job of [gitlab.check, gitlab.publish]) {
    const line = job.script.at(-1).split(' ')
    expect(line.slice(0, 4).join(' ')).toBe('npx --yes plexica@latest publish')
    const run = await machine.run(['publish', ...line.slice(4), '--help'])
    expect(run.status, run.stderr).toBe(0)
    const known = (await machine.run(['publish', '--help'])).stdout
    for (const option of line.slice(4)) expect(known).toContain(option)
  }
})
