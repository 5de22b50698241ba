import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '@plexica/manifest-schema'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examplePlugins, examples } from '../../../scripts/example-plugins.ts'
import { answerOf, type Machine, openMachine } from './machine.ts'
import { manifest, writePlugin } from './small-plugin.ts'

const names = examplePlugins()

let machine: Machine
let count = 0
beforeAll(async () => {
  machine = await openMachine()
})
afterAll(() => machine.close())

const place = () => join(machine.work, `plugin-${count++}`)
const validate = async (folder: string, ...more: string[]) => {
  const { status, stdout, stderr } = await machine.run(['validate', folder, '--json', ...more])
  const { valid, findings } = JSON.parse(stdout) as { valid: boolean; findings: Finding[] }
  return { status, valid, findings, stderr, codes: findings.map(({ code }) => code) }
}

test.each(names)('%s is valid', async (name) => {
  const { status, stdout } = await machine.run(['validate', join(examples, name)])
  expect(status).toBe(0)
  expect(stdout).toContain(`✔ ${name} `)
})

test('all problems come at once, with file, line and what to do', async () => {
  const folder = await writePlugin(place(), {
    changes: { version: '1.2', colour: 'red', category: 'contents', icon: 'assets/none.svg' },
  })
  const { status, valid, findings, codes } = await validate(folder)
  expect({ status, valid }).toEqual({ status: 3, valid: false })
  expect(codes).toContain('manifest-unknown-key')
  expect(codes.length).toBeGreaterThanOrEqual(3)
  for (const finding of findings) expect(finding).toMatchObject({ path: 'manifest.json', line: expect.any(Number) })

  const { stdout } = await machine.run(['validate', folder])
  expect(stdout).toMatch(/error manifest-unknown-key {2}manifest\.json:\d+\n {2}\d+ │ +"colour": "red",?\n/)
  expect(stdout).toMatch(/^ {2}fix: /m)
  expect(stdout).toContain('✖ manifest.json is not valid.')
})

test('files that the manifest names have to be there', async () => {
  const folder = await writePlugin(place(), {
    changes: { backend: { entry: 'src/nothing.ts' }, setup: 'SETUP.md', icon: 'assets/other.svg' },
  })
  const { status, findings } = await validate(folder)
  expect(status).toBe(3)
  for (const finding of findings) {
    expect(finding).toMatchObject({ code: 'plugin-file-missing', path: 'manifest.json', line: expect.any(Number) })
  }
  expect(findings.map(({ message }) => message).toSorted()).toEqual([
    '`backend.entry` names `src/nothing.ts`, which is not there.',
    '`icon` names `assets/other.svg`, which is not there.',
    '`setup` names `SETUP.md`, which is not there.',
  ])
})

test('a folder is no file, and a file elsewhere is not in the plugin', async () => {
  const folder = await writePlugin(place(), { changes: { setup: 'SETUP.md', frontend: { entry: 'src' } } })
  await writeFile(join(machine.work, 'elsewhere.md'), '# Elsewhere\n')
  await symlink('../elsewhere.md', join(folder, 'SETUP.md'))
  const { codes } = await validate(folder)
  expect(codes.toSorted()).toEqual(['plugin-file-missing', 'plugin-file-outside'])
})

test('a folder without a manifest is no plugin', async () => {
  const folder = place()
  await mkdir(folder)
  const { status, codes, findings } = await validate(folder)
  expect({ status, codes }).toEqual({ status: 3, codes: ['manifest-missing'] })
  expect(findings[0]?.fix).toContain('plexica init')
})

test.each([
  ['an empty file', '', 'manifest-not-json'],
  ['half a file', '{ "id": "half",\n  "name": ', 'manifest-not-json'],
  ['no JSON', 'id: small-plugin\n', 'manifest-not-json'],
  ['a list', '[]', 'manifest-wrong-type'],
  ['ten megabytes', `{"id": "${'a'.repeat(10 * 1024 * 1024)}"}`, 'manifest-too-large'],
  ['bytes that are no text', Buffer.alloc(300, 0xff), 'manifest-not-json'],
])('%s is a finding, not a crash', async (_, content, code) => {
  const folder = await writePlugin(place(), { files: { 'manifest.json': content } })
  const { status, codes, stderr } = await validate(folder)
  expect(status).toBe(3)
  expect(codes).toContain(code)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('Windows line ends keep the lines right', async () => {
  const text = JSON.stringify({ ...manifest, colour: 'red' }, null, 2)
  const folder = await writePlugin(place(), { files: { 'manifest.json': text.replaceAll('\n', '\r\n') } })
  const { findings } = await validate(folder)
  expect(findings).toMatchObject([{ code: 'manifest-unknown-key', line: text.split('\n').length - 1 }])
})

test('the manifest may stand elsewhere, and the folder may be reached by a link', async () => {
  const folder = await writePlugin(join(machine.work, 'mit Leerzeichen 🎈'))
  await rename(join(folder, 'manifest.json'), join(folder, 'plugin.beta.json'))
  expect(await validate(folder, '--manifest', 'plugin.beta.json')).toMatchObject({ status: 0, valid: true })
  const link = place()
  await symlink(folder, link)
  expect(await validate(link, '--manifest', 'plugin.beta.json')).toMatchObject({ status: 0, valid: true })
  const missing = await validate(folder)
  expect(missing.findings[0]?.path).toBe('manifest.json')
})

test('the answer is about one plugin', async () => {
  const folder = await writePlugin(place())
  const run = await machine.run(['validate', '--json'], { cwd: folder })
  expect(answerOf(run)).toEqual({ valid: true, id: 'small-plugin', version: '1.2.3', findings: [] })
})

test('GitHub shows findings at their lines', async () => {
  const folder = await writePlugin(place(), { changes: { colour: 'red' } })
  const { stdout } = await machine.run(['validate', folder], { env: { GITHUB_ACTIONS: 'true' } })
  expect(stdout).toMatch(/^::error file=manifest\.json,line=\d+,title=manifest-unknown-key::/m)
})
